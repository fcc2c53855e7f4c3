using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.FileSets;

/// <summary>Changes to files that belong to no commit yet, kept for a while: to be read, joined with others, put into commits.</summary>
public sealed record FileSet
{
    /// <summary>The repo under which file sets are read as if they were commits.</summary>
    public const string RepoName = "__filesets__";

    public required Hex32 Id { get; init; }

    /// <summary>What the changes make out of nothing.</summary>
    public required TreeRoot Root { get; init; }

    /// <summary>Number of files in <see cref="Root"/>.</summary>
    public required long Files { get; init; }

    /// <summary>Bytes of all files in <see cref="Root"/>.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset Made { get; init; }

    /// <summary>The name of the caller who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>From then on it is gone.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The changes themselves (docs/formats/edit-log.md).</summary>
    public required FileContent Log { get; init; }

    /// <summary>Content that the log refers to and the tree does not hold.</summary>
    public required TreeRoot Parts { get; init; }

    /// <summary>The file set as readers of commits see it.</summary>
    internal Commit ToCommit(RepoName repo) =>
        new()
        {
            Name = new(repo, new(Id)),
            Branch = new(repo, ""),
            Origin = CommitOrigin.User,
            Description = "",
            Parent = null,
            Children = [],
            Started = Made,
            StartedBy = MadeBy,
            Finishing = Made,
            Finished = Made,
            Error = "",
            Size = Size,
            Files = Files,
            Root = Root,
            DirectProvenance = [],
            DirectSubvenance = [],
            ProvenanceBranches = [],
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal),
            IsForgotten = false,
        };
}

/// <summary>The paths from <paramref name="Lower"/> on and before <paramref name="Upper"/>; an empty end is open.</summary>
public readonly record struct PathShard(string Lower, string Upper);
