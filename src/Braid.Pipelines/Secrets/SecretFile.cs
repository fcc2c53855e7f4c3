using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Secrets;

/// <summary>A secret to be kept, as read from the JSON of Kubernetes' object.</summary>
/// <param name="Values">By key.</param>
internal sealed record SecretFile(string Name, string Type, IReadOnlyDictionary<string, byte[]> Values)
{
    private const string opaque = "Opaque";
    private const int longest = 253;

    private static readonly SearchValues<char> ofNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> ofKeys = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    );

    /// <summary>Kubernetes' own limit.</summary>
    private const int mostBytes = 1 << 20;

    public static Result<SecretFile> Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > 2 * mostBytes)
        {
            return Errors.SecretTooLarge(mostBytes);
        }

        try
        {
            return JsonNode.Parse(json.Span) is JsonObject secret
                ? Read(secret)
                : Errors.MalformedSecret("it must be a JSON object");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // The parser's own words might quote a value.
            return Errors.MalformedSecret("it is no JSON of a Kubernetes secret");
        }
    }

    private static Result<SecretFile> Read(JsonObject secret)
    {
        var kind = TextOf(secret["kind"]);
        var name = TextOf(secret["metadata"]?["name"]);
        var type = TextOf(secret["type"]) is { Length: > 0 } given ? given : opaque;
        return kind is not ("" or "Secret") ? Errors.MalformedSecret($"its kind is \"{kind}\", not \"Secret\"")
            : !IsName(name) ? Errors.BadSecretName(name)
            : ReadValues(secret).Select(values => new SecretFile(name, type, values));
    }

    private static Result<Dictionary<string, byte[]>> ReadValues(JsonObject secret)
    {
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (key, value) in secret["data"]?.AsObject() ?? [])
        {
            if (!TryDecode(TextOf(value), out var decoded))
            {
                return Errors.SecretNotBase64(key);
            }

            values[key] = decoded;
        }

        foreach (var (key, value) in secret["stringData"]?.AsObject() ?? [])
        {
            values[key] = Encoding.UTF8.GetBytes(TextOf(value));
        }

        return values.Keys.FirstOrDefault(key => !IsKey(key)) is { } bad ? Errors.BadSecretKey(bad)
            : values.Values.Sum(value => value.Length) > mostBytes ? Errors.SecretTooLarge(mostBytes)
            : values;
    }

    private static bool TryDecode(string text, out byte[] value)
    {
        var buffer = new byte[text.Length];
        var ok = Convert.TryFromBase64String(text, buffer, out var written);
        value = buffer[..written];
        return ok;
    }

    private static string TextOf(JsonNode? node) => node?.GetValue<string>() ?? "";

    /// <summary>Kubernetes' rule.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= longest
        && !name.AsSpan().ContainsAnyExcept(ofNames)
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1]);

    /// <summary>Keys become names of files.</summary>
    private static bool IsKey(string key) =>
        key.Length is > 0 and <= longest && !key.AsSpan().ContainsAnyExcept(ofKeys) && key is not ("." or "..");
}
