namespace Braid.Data.Repositories;

/// <summary>What a project has, in short.</summary>
public sealed record RepoSummary
{
    public required string Project { get; init; }

    /// <summary>Repos of type <c>user</c>.</summary>
    public required long Repos { get; init; }

    /// <summary>Bytes at the heads of their branches <c>master</c>.</summary>
    public required long Size { get; init; }
}
