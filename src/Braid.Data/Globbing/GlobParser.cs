using Braid.Primitives;

namespace Braid.Data.Globbing;

/// <summary>Reads the text of a pattern. Recursive, so its depth is limited.</summary>
internal ref struct GlobParser(string pattern, string text)
{
    private const int deepest = 32;
    private const string extended = "?*+@!";

    private readonly ReadOnlySpan<char> text = text;
    private int at;
    private int depth;

    /// <param name="pattern">What the user wrote, for the error.</param>
    /// <param name="text">The pattern without slashes around it.</param>
    public static Result<IReadOnlyList<GlobNode>> Parse(string pattern, string text)
    {
        var parser = new GlobParser(pattern, text);
        var nodes = parser.Sequence("");
        return nodes.IsOk && parser.at < text.Length ? parser.Bad($"unexpected '{text[parser.at]}'") : nodes;
    }

    private Result<IReadOnlyList<GlobNode>> Sequence(string terminators)
    {
        var nodes = new List<GlobNode>();
        while (at < text.Length && !terminators.Contains(text[at], StringComparison.Ordinal))
        {
            if (!Next().TryGet(out var node, out var error))
            {
                return error;
            }

            nodes.Add(node);
        }

        return nodes;
    }

    private Result<GlobNode> Next()
    {
        var sign = text[at++];
        var opens = at < text.Length && text[at] == '(';
        if (opens && extended.Contains(sign, StringComparison.Ordinal))
        {
            at++;
            return Group(sign, captured: true, '|', ')');
        }

        return sign switch
        {
            '*' => Star(),
            '?' => new GlobNode.One(),
            '[' => OneOf(),
            '{' => Group('@', captured: false, ',', '}'),
            '(' => Group('@', captured: true, '|', ')'),
            '\\' when at == text.Length => Bad("nothing after '\\'"),
            '\\' => new GlobNode.Literal(text[at++]),
            _ => new GlobNode.Literal(sign),
        };
    }

    private GlobNode Star()
    {
        if (at >= text.Length || text[at] != '*')
        {
            return new GlobNode.Any();
        }

        while (at < text.Length && text[at] == '*')
        {
            at++;
        }

        return new GlobNode.AnyDeep();
    }

    private Result<GlobNode> Group(char sign, bool captured, char separator, char end)
    {
        if (++depth > deepest)
        {
            return Bad($"more than {deepest} groups in each other");
        }

        var choices = new List<IReadOnlyList<GlobNode>>();
        while (true)
        {
            if (!Sequence($"{separator}{end}").TryGet(out var choice, out var error))
            {
                return error;
            }

            choices.Add(choice);
            if (at == text.Length)
            {
                return Bad($"no '{end}' at its end");
            }

            if (text[at++] == end)
            {
                depth--;
                return new GlobNode.Group(sign, captured, choices);
            }
        }
    }

    private Result<GlobNode> OneOf()
    {
        var negated = at < text.Length && text[at] is '!' or '^';
        at += negated ? 1 : 0;
        var ranges = new List<(char, char)>();
        while (at < text.Length && (text[at] != ']' || ranges.Count == 0))
        {
            if (!TrySign(out var from))
            {
                break;
            }

            var to = from;
            if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
            {
                at++;
                if (!TrySign(out to) || to < from)
                {
                    return Bad("a range that ends before it begins");
                }
            }

            ranges.Add((from, to));
        }

        return at < text.Length && text[at++] == ']' ? new GlobNode.OneOf(negated, ranges) : Bad("no ']' at its end");
    }

    private bool TrySign(out char sign)
    {
        sign = text[at++];
        if (sign == '\\')
        {
            if (at == text.Length)
            {
                return false;
            }

            sign = text[at++];
        }

        return true;
    }

    private readonly Error Bad(string why) => Errors.BadGlob(pattern, why);
}
