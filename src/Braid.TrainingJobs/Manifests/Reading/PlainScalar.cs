using System.Globalization;
using System.Text.Json.Nodes;

namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>What a plain scalar of YAML is, as Kubernetes' tools read it: YAML 1.1 without its days and base-60 numbers.</summary>
internal static class PlainScalar
{
    public static JsonNode? Read(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
            _ => OctalOrHex(text) ?? Number(text) ?? JsonValue.Create(text),
        };

    /// <summary>Null when the text is none, or too large for one.</summary>
    public static JsonNode? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && IsWritable(text, number)
            ? number
        : null;

    /// <summary>Modes of files are often octal.</summary>
    private static JsonNode? OctalOrHex(string text)
    {
        if (text.Length is < 2 or > 16 || text[0] != '0')
        {
            return null;
        }

        var isHex = text[1] is 'x' or 'X';
        var digits = text.AsSpan(isHex || text[1] is 'o' or 'O' ? 2 : 1);
        return !isHex && digits.IndexOfAnyExceptInRange('0', '7') < 0 && digits.Length > 0 ? Octal(digits)
            : isHex
            && long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? value
            : null;
    }

    private static long Octal(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = (value * 8) + (digit - '0');
        }

        return value;
    }

    private static bool IsWritable(string text, double number) =>
        double.IsFinite(number) && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]);
}
