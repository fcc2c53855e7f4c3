using System.Text.RegularExpressions;

namespace Braid.Data.Globbing;

/// <summary>The part of a pattern between two slashes, to choose among a directory's children.</summary>
internal sealed class GlobSegment
{
    private readonly Regex? names;

    public GlobSegment(IReadOnlyList<GlobNode> nodes)
    {
        Prefix = string.Concat(
            nodes.TakeWhile(n => n is GlobNode.Literal).Cast<GlobNode.Literal>().Select(n => n.Sign)
        );
        IsLiteral = Prefix.Length == nodes.Count;
        names = IsLiteral ? null : GlobRegex.Compile(nodes);
    }

    /// <summary>What every name that matches begins with.</summary>
    public string Prefix { get; }

    /// <summary>True when only the name <see cref="Prefix"/> matches.</summary>
    public bool IsLiteral { get; }

    public bool IsMatch(string name) => names?.IsMatch(name) ?? name == Prefix;
}
