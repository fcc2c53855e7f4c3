using System.Text;
using System.Text.RegularExpressions;
using Braid.Primitives;

namespace Braid.Pipelines.Logs;

/// <summary>
/// A regular expression for lines, in RE2's syntax: matching takes a time proportional to the line, whatever the pattern.
/// </summary>
public sealed class LogPattern
{
    private readonly Regex regex;

    private LogPattern(Regex regex, string literal)
    {
        this.regex = regex;
        Literal = literal;
    }

    /// <summary>A text that every line has that matches; empty when none is known. What lacks it need not be read.</summary>
    internal string Literal { get; }

    public static Result<LogPattern> Parse(string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return new LogPattern(regex, LongestLiteral(pattern));
        }
        catch (Exception bad) when (bad is ArgumentException or NotSupportedException)
        {
            return Errors.BadLogPattern(pattern, bad.Message);
        }
    }

    public bool IsMatch(string line) => regex.IsMatch(line);

    /// <summary>
    /// The longest run of plain characters outside of groups and classes. It is careful: alternatives, options and braces, which
    /// may be a count or plain text, mean that nothing is sure, and what a quantifier may make zero times is left out.
    /// </summary>
    private static string LongestLiteral(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny(['|', '(', '\\', '{']) >= 0)
        {
            return "";
        }

        var (longest, run) = ("", new StringBuilder());
        for (var at = 0; at <= pattern.Length; at++)
        {
            var sign = at < pattern.Length ? pattern[at] : '$';
            if (!".^$*+?[]".Contains(sign, StringComparison.Ordinal))
            {
                run.Append(sign);
                continue;
            }

            if (sign is '*' or '?' && run.Length > 0)
            {
                run.Length--;
            }

            longest = run.Length > longest.Length ? run.ToString() : longest;
            run.Clear();
            at = sign == '[' ? EndOfClass(pattern, at) : at;
        }

        return longest;
    }

    /// <summary>A bracket that comes first belongs to the class.</summary>
    private static int EndOfClass(string pattern, int start)
    {
        var first = start + 1;
        while (first < pattern.Length && pattern[first] is '^' or ']')
        {
            first++;
        }

        var found = pattern.IndexOf(']', Math.Min(first, pattern.Length));
        return found < 0 ? pattern.Length : found;
    }
}
