using Braid.Primitives;

namespace Braid.Data.Naming;

/// <summary>A commit: a repo has at most one in each commit set, so the set's id names it. Written <c>project/repo@id</c>.</summary>
public readonly record struct CommitName(RepoName Repo, CommitSetId Id)
{
    public override string ToString() => $"{Repo}@{Id}";
}
