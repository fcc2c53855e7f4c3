using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Data.Overlaps;

/// <summary>A commit to check.</summary>
internal sealed record CheckRow
{
    public long CommitId { get; init; }
    public bool Whole { get; init; }

    /// <summary>Null when the commit has been removed meanwhile.</summary>
    public long? RepoId { get; init; }
    public string Project { get; init; } = "";
    public string Role { get; init; } = "";
    public Sha256Hash Root { get; init; }
    public Sha256Hash? ParentRoot { get; init; }

    /// <summary>The commit is the head of branch <c>master</c>.</summary>
    public bool IsHead { get; init; }

    /// <summary>The tree that the repo's files were taken from last.</summary>
    public Sha256Hash? IndexedRoot { get; init; }
}

/// <summary>A file of a repo with another role.</summary>
internal sealed record OtherFileRow
{
    public Sha256Hash Hash { get; init; }
    public string Path { get; init; } = "";
    public long RepoId { get; init; }
    public CommitSetId SetId { get; init; }

    /// <summary>The tree that it was found in.</summary>
    public Sha256Hash Root { get; init; }
}

/// <summary>A pair, as it is kept.</summary>
internal sealed record OverlapRow
{
    public string Path { get; init; } = "";
    public long Size { get; init; }
    public long OtherRepoId { get; init; }
    public CommitSetId OtherSet { get; init; }
    public string OtherPath { get; init; } = "";
    public string Project { get; init; } = "";
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";
    public string Role { get; init; } = "";

    public Overlap ToOverlap() => new(Path, Size, new(new RepoName(Project, Name, Type), OtherSet), Role, OtherPath);
}
