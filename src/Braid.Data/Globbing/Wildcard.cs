namespace Braid.Data.Globbing;

/// <summary>
/// A part of a pattern without groups, matched sign by sign: what most patterns are made of, without the cost of making and
/// running a regular expression. A star takes as little as it can, and one sign more whenever what follows does not match;
/// earlier stars need not be looked at again, as what is between two stars can only begin later, never end earlier.
/// </summary>
internal sealed class Wildcard
{
    private readonly GlobNode[] nodes;

    private Wildcard(GlobNode[] nodes) => this.nodes = nodes;

    /// <summary>Null when there is a part that only a regular expression can match, and when there is none: no name is empty.</summary>
    public static Wildcard? Of(IReadOnlyList<GlobNode> nodes) =>
        nodes.Count > 0 && nodes.All(node => node is GlobNode.Literal or GlobNode.Any or GlobNode.One or GlobNode.OneOf)
            ? new([.. nodes])
            : null;

    /// <summary>Whether the whole name matches; it has no slash in it.</summary>
    public bool IsMatch(ReadOnlySpan<char> name)
    {
        var (at, sign) = (0, 0);
        var (afterStar, starEnd) = (-1, 0);
        while (sign < name.Length || at < nodes.Length)
        {
            if (at < nodes.Length && nodes[at] is GlobNode.Any)
            {
                (afterStar, starEnd) = (++at, sign);
            }
            else if (at < nodes.Length && Take(nodes[at], name[sign..]) is > 0 and var taken)
            {
                (at, sign) = (at + 1, sign + taken);
            }
            else if (afterStar >= 0 && starEnd < name.Length)
            {
                (at, sign) = (afterStar, ++starEnd);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The number of signs (of UTF-16) that the node matches at the start of the rest; 0: it does not match.</summary>
    private static int Take(GlobNode node, ReadOnlySpan<char> rest) =>
        rest.IsEmpty
            ? 0
            : node switch
            {
                GlobNode.Literal literal => rest[0] == literal.Sign ? 1 : 0,
                GlobNode.One => TakeOne(rest),
                GlobNode.OneOf one => one.Contains(rest[0]) ? 1 : 0,
                _ => throw new InvalidOperationException($"{node} is no part of a wildcard"),
            };

    private static int TakeOne(ReadOnlySpan<char> rest) =>
        !char.IsSurrogate(rest[0]) ? 1
        : rest.Length > 1 && char.IsSurrogatePair(rest[0], rest[1]) ? 2
        : 0;
}
