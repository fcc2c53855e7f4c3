using System.Text;

namespace Braid.Tracking.Runs.Finding;

/// <summary>What all texts that match a pattern begin with.</summary>
internal static class TextBeginning
{
    private const string repeats = "*+?{";

    /// <summary>Of a pattern of SQL's.</summary>
    public static string OfLike(string pattern)
    {
        var end = pattern.AsSpan().IndexOfAny('%', '_');
        return end < 0 ? pattern : pattern[..end];
    }

    /// <summary>Of a regular expression; nothing of one that does not say how texts begin.</summary>
    public static string OfPattern(string pattern)
    {
        if (!pattern.StartsWith('^') || pattern.Contains('|', StringComparison.Ordinal))
        {
            return "";
        }

        var beginning = new StringBuilder();
        for (var at = 1; at < pattern.Length && LiteralAt(pattern, ref at) is { } letter; at++)
        {
            // What may be there any number of times may not be there at all.
            if (at + 1 < pattern.Length && repeats.Contains(pattern[at + 1], StringComparison.Ordinal))
            {
                break;
            }

            beginning.Append(letter);
        }

        return beginning.ToString();
    }

    /// <summary>The least text that is greater, by code points, than all that begin so; null when there is none.</summary>
    public static string? Beyond(string beginning)
    {
        var runes = beginning.EnumerateRunes().ToList();
        while (runes.Count > 0 && runes[^1].Value == 0x10FFFF)
        {
            runes.RemoveAt(runes.Count - 1);
        }

        if (runes.Count == 0)
        {
            return null;
        }

        var last = runes[^1].Value + 1;
        runes[^1] = new(last == 0xD800 ? 0xE000 : last);
        return string.Concat(runes);
    }

    /// <summary>The character that stands for itself there, or behind a backslash, which is passed; null for any other.</summary>
    private static char? LiteralAt(string pattern, ref int at) =>
        pattern[at] switch
        {
            '\\' when at + 1 < pattern.Length && IsPunctuation(pattern[at + 1]) => pattern[++at],
            ' ' or '-' or '_' or '/' or ':' or ',' or '@' or '=' => pattern[at],
            var letter when char.IsAsciiLetterOrDigit(letter) => letter,
            _ => null,
        };

    private static bool IsPunctuation(char letter) =>
        char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) && !char.IsControl(letter);
}
