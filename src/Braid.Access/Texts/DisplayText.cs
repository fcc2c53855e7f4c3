using System.Globalization;
using System.Text;

namespace Braid.Access.Texts;

/// <summary>
/// Texts that one person writes and another reads: names, labels. What could make them read as something else (control
/// characters, overrides of the direction, separators of lines, halves of characters and what doors put in their place) is not let in.
/// </summary>
internal static class DisplayText
{
    private const int longestQuote = 100;

    /// <summary>Join letters in scripts that need it, and in emoji.</summary>
    private static readonly Rune[] joiners = [new(0x200C), new(0x200D)];

    /// <summary>False for what no row holds, so that nothing of that name needs to be looked for: PostgreSQL refuses a zero byte.</summary>
    public static bool IsStorable(string text) => !text.Contains('\0');

    public static bool IsFit(string text, int longest)
    {
        if (text.Length > longest)
        {
            return false;
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (status != System.Buffers.OperationStatus.Done || !IsFit(rune))
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    /// <summary>The start of any text, fit to be repeated in a message.</summary>
    public static string Quote(string text)
    {
        var quote = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(longestQuote))
        {
            quote.Append((IsFit(rune) ? rune : Rune.ReplacementChar).ToString());
        }

        return text.Length > quote.Length ? $"{quote}..." : quote.ToString();
    }

    private static bool IsFit(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate => false,
            UnicodeCategory.Format => joiners.Contains(rune),
            _ => true,
        };
}
