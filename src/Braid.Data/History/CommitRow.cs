using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Data.History;

/// <summary>A commit joined with its repo and the name of its parent.</summary>
internal sealed record CommitRow
{
    public long Id { get; init; }
    public long RepoId { get; init; }
    public string Project { get; init; } = "";
    public string Repo { get; init; } = "";
    public string Type { get; init; } = "";
    public CommitSetId SetId { get; init; }
    public string Branch { get; init; } = "";
    public long Origin { get; init; }
    public string Description { get; init; } = "";
    public long? ParentId { get; init; }
    public CommitSetId? ParentSet { get; init; }
    public long Generation { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public string StartedBy { get; init; } = "";
    public DateTimeOffset? FinishingAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string Error { get; init; } = "";
    public Sha256Hash Root { get; init; }
    public Sha256Hash? ParentRoot { get; init; }
    public Sha256Hash? DatumTags { get; init; }
    public string Duplicate { get; init; } = "";
    public long Size { get; init; }
    public long Files { get; init; }
    public string Annotations { get; init; } = "{}";
    public DateTimeOffset? ForgottenAt { get; init; }

    public RepoName RepoName => new(Project, Repo, Type);

    public CommitName FullName => new(RepoName, SetId);

    public TreeRoot Tree => new(Root);

    public TreeRoot ParentTree => new(ParentRoot ?? default);

    public DatumMarks Marks => new(new(DatumTags ?? default), Duplicate);

    public bool IsFinished => FinishedAt is not null;

    public bool HasFailed => Error.Length > 0;

    public bool IsForgotten => ForgottenAt is not null;

    public CommitTree Contents => new(Tree, new(Files, Size));
}

/// <summary>A commit's tree with its totals, which always go together.</summary>
internal readonly record struct CommitTree(TreeRoot Root, TreeStats Stats)
{
    public static CommitTree Empty => default;
}
