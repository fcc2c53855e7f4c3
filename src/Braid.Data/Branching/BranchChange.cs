using Braid.Data.Naming;

namespace Braid.Data.Branching;

/// <summary>What a branch shall become. What it is made of replaces what it was made of.</summary>
public sealed record BranchChange
{
    /// <summary>Where to point it, in its own repo; null leaves the head where it is.</summary>
    public CommitSpec? Head { get; init; }

    /// <summary>Refused when there is such a branch already.</summary>
    public bool MustBeNew { get; init; }

    /// <summary>The branches it depends on. Those that do not exist yet are made, with an empty, closed commit.</summary>
    public IReadOnlyList<BranchName> Provenance { get; init; } = [];

    /// <summary>Those of <see cref="Provenance"/> whose moves shall make no commit here.</summary>
    public IReadOnlyList<BranchName> NeverPropagates { get; init; } = [];

    /// <summary>Null leaves the trigger that there is, but a branch that comes to depend on others loses it.</summary>
    public Trigger? Trigger { get; init; }

    /// <summary>False: commits that follow from a new head join the head's commit set. True: they make a set of their own.</summary>
    public bool NewCommitSet { get; init; } = true;
}
