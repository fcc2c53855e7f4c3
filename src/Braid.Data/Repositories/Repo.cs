using Braid.Data.Naming;

namespace Braid.Data.Repositories;

/// <summary>A repo: a named line of versions of a file tree, with branches.</summary>
public sealed record Repo
{
    public required RepoName Name { get; init; }

    public required string Description { get; init; }

    /// <summary>What it is for (<see cref="Overlaps.RepoRole"/>); empty when that was not said.</summary>
    public required string Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Names of its branches, newest first.</summary>
    public required IReadOnlyList<string> Branches { get; init; }

    /// <summary>What people attached to it.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>Bytes at the head of branch <c>master</c>; 0 when there is none.</summary>
    public required long Size { get; init; }
}
