namespace Braid.Data.History;

/// <summary>A commit to make in a transaction's set.</summary>
internal sealed record NewCommit
{
    public required long RepoId { get; init; }

    public required string Branch { get; init; }

    public required CommitOrigin Origin { get; init; }

    public required CommitRow? Parent { get; init; }

    public required CommitTree Tree { get; init; }

    public string Description { get; init; } = "";

    public bool Finished { get; init; }
}
