using System.Globalization;
using System.Text;
using System.Text.Json;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>Where the next page begins: base64 of <c>{"offset": N}</c>, which some clients look into.</summary>
internal static class PageToken
{
    public static string Of(int offset) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"offset\": {offset}}}"));

    /// <summary>The offset of a token; 0 when there is none.</summary>
    public static Result<int> Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return 0;
        }

        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length))
        {
            return Errors.Invalid("Invalid page token, could not base64-decode");
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return Offset(bytes.AsMemory(0, length)) switch
        {
            > 0 and var offset => offset,
            { } offset => Errors.Invalid($"Invalid page token, parsed value={{'offset': {offset}}}"),
            null => Errors.Invalid($"Invalid page token, decoded value=b{Errors.PythonText(text)}"),
        };
    }

    private static int? Offset(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var offset = json.RootElement.GetProperty("offset");
            return offset.ValueKind == JsonValueKind.String
                ? int.Parse(offset.GetString() ?? "", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                : offset.GetInt32();
        }
        catch (Exception refusal)
            when (refusal
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or OverflowException
            )
        {
            return null;
        }
    }
}
