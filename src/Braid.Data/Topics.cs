using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Data;

/// <summary>What this module announces when it has committed.</summary>
public static class Topics
{
    /// <summary>Any commit was made, changed, finished or removed.</summary>
    public const string Commits = "commits";

    /// <summary>A commit of one set was made, changed, finished or removed.</summary>
    public static string CommitSet(CommitSetId id) => $"commit-set/{id}";

    /// <summary>A commit waits to be held against repos of other roles, or was.</summary>
    public const string Overlaps = "overlaps";

    /// <summary>A repo, one of its branches or one of its commits changed.</summary>
    public static string Repo(RepoName repo) => $"repo/{repo}";
}
