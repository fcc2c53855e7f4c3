using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Data.Branching;

/// <summary>A branch joined with its repo and its head.</summary>
internal sealed record BranchRow
{
    public long Id { get; init; }
    public long RepoId { get; init; }
    public string Project { get; init; } = "";
    public string Repo { get; init; } = "";
    public string Type { get; init; } = "";
    public string Name { get; init; } = "";
    public long? HeadId { get; init; }
    public CommitSetId? HeadSet { get; init; }
    public string? TriggerSpec { get; init; }
    public DateTimeOffset? TriggerAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public DateTimeOffset UpdatedAt { get; init; }
    public string Annotations { get; init; } = "{}";

    public BranchName FullName => new(new(Project, Repo, Type), Name);
}

/// <summary>One direct dependency of a branch.</summary>
internal sealed record ProvenanceRow
{
    public long BranchId { get; init; }
    public long UpstreamId { get; init; }
    public bool Never { get; init; }
}
