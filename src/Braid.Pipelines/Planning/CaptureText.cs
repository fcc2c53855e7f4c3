using System.Globalization;
using System.Text;

namespace Braid.Pipelines.Planning;

/// <summary>Text in which <c>$1</c> stands for what the first capture group of a glob held, <c>$2</c> for the second, and so on.</summary>
internal static class CaptureText
{
    /// <summary>A number that no group has stands for nothing.</summary>
    public static string Expand(string text, IReadOnlyList<string> captures)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length; )
        {
            var end = at + 1;
            while (text[at] == '$' && end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            var isReference = end > at + 1;
            expanded.Append(isReference ? Capture(text.AsSpan(at + 1, end - at - 1), captures) : text.AsSpan(at, 1));
            at = end;
        }

        return expanded.ToString();
    }

    private static ReadOnlySpan<char> Capture(ReadOnlySpan<char> digits, IReadOnlyList<string> captures) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
        && number <= captures.Count
            ? captures[number - 1]
            : "";
}
