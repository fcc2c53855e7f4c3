using Braid.Data.Naming;
using Braid.Data.Repositories;

namespace Braid.Gateway.Web.Versions.Repos;

/// <summary>The order of a list of repos: <c>name</c>, <c>project</c>, <c>size</c>, <c>branches</c>, <c>created</c> or <c>lastCommit</c>, with a minus downward.</summary>
internal static class RepoOrder
{
    /// <summary>Equal ones, and all where the order is none of these, by project and name.</summary>
    public static IEnumerable<Repo> Sort(
        IEnumerable<Repo> repos,
        IReadOnlyDictionary<RepoName, DateTimeOffset> last,
        string order
    )
    {
        var named = repos
            .OrderBy(repo => repo.Name.Project, StringComparer.Ordinal)
            .ThenBy(repo => repo.Name.Name, StringComparer.Ordinal);
        var isDown = order.StartsWith('-');
        return order.TrimStart('-') switch
        {
            "name" => By(named, repo => repo.Name.Name, isDown, StringComparer.Ordinal),
            "project" => By(named, repo => repo.Name.Project, isDown, StringComparer.Ordinal),
            "size" => By(named, repo => repo.Size, isDown),
            "branches" => By(named, repo => repo.Branches.Count, isDown),
            "created" => By(named, repo => repo.CreatedAt, isDown),
            "lastCommit" => By(named, repo => last.GetValueOrDefault(repo.Name), isDown),
            _ => named,
        };
    }

    private static IOrderedEnumerable<Repo> By<TKey>(
        IEnumerable<Repo> repos,
        Func<Repo, TKey> key,
        bool isDown,
        IComparer<TKey>? comparer = null
    ) => isDown ? repos.OrderByDescending(key, comparer) : repos.OrderBy(key, comparer);
}
