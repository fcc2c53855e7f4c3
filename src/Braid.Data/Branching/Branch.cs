using Braid.Data.Naming;

namespace Braid.Data.Branching;

/// <summary>A branch: a name for the newest commit of a line, and what it depends on.</summary>
public sealed record Branch
{
    public required BranchName Name { get; init; }

    /// <summary>The commit it points at; null before the first.</summary>
    public required CommitName? Head { get; init; }

    /// <summary>The branches whose moves make commits here, in the order given.</summary>
    public required IReadOnlyList<BranchName> DirectProvenance { get; init; }

    /// <summary>Those of <see cref="DirectProvenance"/> whose moves make no commit here.</summary>
    public required IReadOnlyList<BranchName> NeverPropagates { get; init; }

    /// <summary>Everything upstream, near and far.</summary>
    public required IReadOnlyList<BranchName> Provenance { get; init; }

    /// <summary>Everything downstream, near and far.</summary>
    public required IReadOnlyList<BranchName> Subvenance { get; init; }

    public required Trigger? Trigger { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What people attached to it.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }
}
