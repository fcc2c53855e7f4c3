using Braid.Data.Naming;

namespace Braid.Data.Repositories;

internal sealed record RepoRow
{
    public long Id { get; init; }
    public string Project { get; init; } = "";
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";
    public string Description { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string Annotations { get; init; } = "{}";

    public RepoName FullName => new(Project, Name, Type);
}

/// <summary>A repo, and when its newest commit was made.</summary>
internal sealed record RepoActivityRow
{
    public string Project { get; init; } = "";
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }

    public RepoName FullName => new(Project, Name, Type);
}

/// <summary>A branch of a repo, and the size of its head; null when it has none.</summary>
internal sealed record RepoBranchRow
{
    public long RepoId { get; init; }
    public string Name { get; init; } = "";
    public long? Size { get; init; }
}
