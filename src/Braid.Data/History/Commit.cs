using Braid.Data.Naming;
using Braid.Storage.Trees;

namespace Braid.Data.History;

/// <summary>Who made a commit.</summary>
public enum CommitOrigin
{
    /// <summary>A caller.</summary>
    User = 1,

    /// <summary>Propagation: something upstream moved.</summary>
    Auto = 2,

    /// <summary>Repair.</summary>
    Fsck = 3,
}

/// <summary>How far a commit has come; each state includes those before it.</summary>
public enum CommitState
{
    /// <summary>It exists.</summary>
    Started = 1,

    /// <summary>All commits in its provenance are finished.</summary>
    Ready = 2,

    /// <summary>Its writer has closed it.</summary>
    Finishing = 3,

    /// <summary>It will not change any more.</summary>
    Finished = 4,
}

/// <summary>A version of a repo's file tree.</summary>
public sealed record Commit
{
    public required CommitName Name { get; init; }

    /// <summary>The branch it was made on.</summary>
    public required BranchName Branch { get; init; }

    public required CommitOrigin Origin { get; init; }

    public required string Description { get; init; }

    /// <summary>The version before it, in the same repo.</summary>
    public required CommitName? Parent { get; init; }

    public required IReadOnlyList<CommitName> Children { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>The name of the caller who made it.</summary>
    public required string StartedBy { get; init; }

    public required DateTimeOffset? Finishing { get; init; }

    public required DateTimeOffset? Finished { get; init; }

    /// <summary>Why it failed; empty for a good or an open commit.</summary>
    public required string Error { get; init; }

    /// <summary>Bytes of all files, exact.</summary>
    public required long Size { get; init; }

    /// <summary>Number of files.</summary>
    public required long Files { get; init; }

    /// <summary>The file tree; of an open commit, as written so far.</summary>
    public required TreeRoot Root { get; init; }

    /// <summary>The commits it was made from; of its own set or older.</summary>
    public required IReadOnlyList<CommitName> DirectProvenance { get; init; }

    /// <summary>The commits made from it.</summary>
    public required IReadOnlyList<CommitName> DirectSubvenance { get; init; }

    /// <summary>The branches that <see cref="DirectProvenance"/> was made on, in its order.</summary>
    public required IReadOnlyList<BranchName> ProvenanceBranches { get; init; }

    /// <summary>What people attached to it.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>True when only the record is left: its files were given up.</summary>
    public required bool IsForgotten { get; init; }

    public bool IsFinished => Finished is not null;

    public bool HasFailed => Error.Length > 0;

    /// <summary>True when its content comes from other commits, so that no user writes or finishes it.</summary>
    public bool IsOutput => DirectProvenance.Count > 0;
}
