using System.Buffers;
using System.Globalization;

namespace Braid.Gateway.ClearML.Organization.Downloads;

/// <summary>Lines of a CSV file (RFC 4180).</summary>
internal static class CsvLine
{
    private static readonly SearchValues<char> special = SearchValues.Create(",\"\r\n");

    public static string Of(IEnumerable<string> values) => string.Join(',', values.Select(Cell)) + "\r\n";

    private static string Cell(string value)
    {
        var text = Disarmed(value);
        return text.AsSpan().ContainsAny(special)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    /// <summary>
    /// Names come from anybody, and a program for sheets runs what begins like a formula: an apostrophe makes it a text. Numbers
    /// stay as they are.
    /// </summary>
    private static string Disarmed(string value) =>
        value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]
        && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + value
            : value;
}
