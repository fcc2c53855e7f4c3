using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Branching;

/// <summary>
/// What the branch graph must be like, checked around a branch whose edges changed: no cycle, and no two branches of one
/// repo on one path up or down, since a commit set holds one commit per repo.
/// </summary>
internal static class GraphRules
{
    public static async Task<Error?> CheckAsync(DbRead db, BranchRow branch)
    {
        var upstream = await BranchTable.UpstreamAsync(db, branch.Id);
        if (upstream.Any(row => row.Id == branch.Id))
        {
            return Errors.ProvenanceCycle(branch.FullName);
        }

        var downstream = await BranchTable.DownstreamAsync(db, branch.Id);
        foreach (var row in downstream.Prepend(branch))
        {
            if (FirstRival(row, await BranchTable.UpstreamAsync(db, row.Id)) is { } error)
            {
                return error;
            }
        }

        foreach (var row in upstream.Prepend(branch))
        {
            if (FirstRival(row, await BranchTable.DownstreamAsync(db, row.Id)) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static Error? FirstRival(BranchRow branch, IReadOnlyList<BranchRow> related)
    {
        var seen = new HashSet<long> { branch.RepoId };
        return related.FirstOrDefault(row => !seen.Add(row.RepoId)) is { } rival
            ? Errors.TwoBranchesOfRepo(rival.FullName.Repo)
            : null;
    }
}
