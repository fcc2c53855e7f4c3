using System.Text.RegularExpressions;

namespace Braid.Data.Globbing;

/// <summary>The part of a pattern between two slashes, to choose among a directory's children.</summary>
internal sealed class GlobSegment
{
    private readonly Wildcard? wildcard;
    private readonly Regex? names;

    public GlobSegment(IReadOnlyList<GlobNode> nodes)
    {
        Prefix = string.Concat(
            nodes.TakeWhile(n => n is GlobNode.Literal).Cast<GlobNode.Literal>().Select(n => n.Sign)
        );
        IsLiteral = Prefix.Length == nodes.Count;
        wildcard = Wildcard.Of(nodes);
        names = wildcard is null ? GlobRegex.Compile(nodes) : null;
    }

    /// <summary>What every name that matches begins with.</summary>
    public string Prefix { get; }

    /// <summary>True when only the name <see cref="Prefix"/> matches.</summary>
    public bool IsLiteral { get; }

    /// <summary>True when it has no groups, so that a path matches when each of its segments does.</summary>
    public bool IsPlain => wildcard is not null;

    public bool IsMatch(string name) => wildcard?.IsMatch(name) ?? (names is not null && names.IsMatch(name));
}
