using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Braid.Gateway.ClearML.Requests;

/// <summary>
/// Reads the JSON that Python writes. It differs from the standard in three ways, mended here before parsing: bare
/// <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> become texts; half of a surrogate pair (an undecodable byte of console
/// output) becomes U+FFFD; so do bytes that are not UTF-8, and a NUL, which is a text's end to some stores.
/// </summary>
internal static class LenientJson
{
    private static readonly JsonDocumentOptions options = new()
    {
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        MaxDepth = 128,
    };

    private static readonly SearchValues<byte> suspicious = SearchValues.Create("\\NI"u8);

    /// <exception cref="JsonException">Not JSON even so.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        var text = Utf8.IsValid(json) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        return JsonNode.Parse(text.ContainsAny(suspicious) ? Mend(text) : text, documentOptions: options);
    }

    private static ReadOnlySpan<byte> Mend(ReadOnlySpan<byte> json)
    {
        var mended = new ArrayBufferWriter<byte>(json.Length + 16);
        for (var at = 0; at < json.Length; )
        {
            var rest = json[at..];
            at += rest[0] == '"' ? MendString(rest, mended) : MendToken(rest, mended);
        }

        return mended.WrittenSpan;
    }

    private static int MendToken(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> to)
    {
        foreach (var bare in (ReadOnlySpan<string>)["NaN", "Infinity", "-Infinity"])
        {
            if (rest.Length >= bare.Length && Ascii.Equals(rest[..bare.Length], bare))
            {
                to.Write(Encoding.ASCII.GetBytes($"\"{bare}\""));
                return bare.Length;
            }
        }

        to.Write(rest[..1]);
        return 1;
    }

    /// <summary>Copies one string with its quotes; returns how many bytes of <paramref name="rest"/> it was.</summary>
    private static int MendString(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> to)
    {
        to.Write(rest[..1]);
        var at = 1;
        while (at < rest.Length && rest[at] != '"')
        {
            at += rest[at] == '\\' ? MendEscape(rest[at..], to) : Copy(rest.Slice(at, 1), to);
        }

        return at < rest.Length ? at + Copy(rest.Slice(at, 1), to) : at;
    }

    private static int MendEscape(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> to)
    {
        var unit = CodeUnit(rest);
        if (unit is null)
        {
            return Copy(rest[..Math.Min(2, rest.Length)], to);
        }

        if (!char.IsSurrogate(unit.Value) && unit != '\0')
        {
            return Copy(rest[..6], to);
        }

        var isPair = char.IsHighSurrogate(unit.Value) && CodeUnit(rest[6..]) is { } low && char.IsLowSurrogate(low);
        if (isPair)
        {
            return Copy(rest[..12], to);
        }

        to.Write("\\ufffd"u8);
        return 6;
    }

    /// <summary>The UTF-16 unit of an escape <c>\uXXXX</c> at the start; null for any other text.</summary>
    private static char? CodeUnit(ReadOnlySpan<byte> text) =>
        text.Length >= 6
        && text[0] == '\\'
        && text[1] == 'u'
        && ushort.TryParse(
            text[2..6],
            System.Globalization.NumberStyles.AllowHexSpecifier,
            System.Globalization.CultureInfo.InvariantCulture,
            out var unit
        )
            ? (char)unit
            : null;

    private static int Copy(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> to)
    {
        to.Write(bytes);
        return bytes.Length;
    }
}
