using System.Text;
using System.Text.RegularExpressions;

namespace Braid.Data.Globbing;

/// <summary>
/// Writes a pattern as a regular expression, from its end to its beginning, since <c>!(…)</c> must know what follows it.
/// Without such a group the matching is linear in the text; with one it is bounded by a time limit.
/// </summary>
internal static class GlobRegex
{
    private const string anySign = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^/\uD800-\uDFFF])";
    private static readonly TimeSpan longestMatch = TimeSpan.FromSeconds(1);

    public static Regex Compile(IReadOnlyList<GlobNode> nodes)
    {
        const RegexOptions options = RegexOptions.Singleline | RegexOptions.CultureInvariant;
        var expression = $"^{Write(nodes, capturing: true)}\\z";
        return Negations(nodes) > 0
            ? new(expression, options, longestMatch)
            : new(expression, options | RegexOptions.NonBacktracking, longestMatch);
    }

    public static int Negations(IReadOnlyList<GlobNode> nodes) =>
        nodes
            .OfType<GlobNode.Group>()
            .Sum(group => (group.Sign == '!' ? 1 : 0) + group.Choices.Sum(choice => Negations(choice)));

    private static string Write(IReadOnlyList<GlobNode> nodes, bool capturing)
    {
        var rest = "";
        var plainRest = "";
        foreach (var node in nodes.Reverse())
        {
            rest = Write(node, capturing, plainRest) + rest;
            plainRest = Write(node, capturing: false, plainRest) + plainRest;
        }

        return rest;
    }

    private static string Write(GlobNode node, bool capturing, string rest) =>
        node switch
        {
            GlobNode.Literal literal => Escape(literal.Sign),
            GlobNode.Any => "[^/]*",
            GlobNode.AnyDeep => ".*",
            GlobNode.One => anySign,
            GlobNode.OneOf one => Write(one),
            GlobNode.Group group => Write(group, capturing, rest),
            _ => throw new InvalidOperationException($"no expression for {node}"),
        };

    private static string Write(GlobNode.OneOf one)
    {
        var text = new StringBuilder(one.Negated ? "[^" : "[");
        foreach (var (from, to) in one.Ranges)
        {
            text.Append($"\\u{(int)from:X4}-\\u{(int)to:X4}");
        }

        return text.Append("-[/]]").ToString();
    }

    private static string Write(GlobNode.Group group, bool capturing, string rest)
    {
        var choices = string.Join('|', group.Choices.Select(choice => Write(choice, capturing && group.Sign != '!')));
        var body = group.Sign switch
        {
            '!' => $"(?!(?:{choices}){rest}\\z)[^/]*",
            '@' => choices,
            var quantifier => $"(?:{choices}){quantifier}",
        };
        return capturing && group.Captured ? $"({body})" : $"(?:{body})";
    }

    private static string Escape(char sign) =>
        char.IsAsciiLetterOrDigit(sign) || sign is '/' or '_' ? $"{sign}" : $"\\u{(int)sign:X4}";
}
