using Braid.Data.Branching;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Data.History;

/// <summary>
/// Gives up the files of a commit and keeps its record. Other commits hold trees of their own, so what they share stays.
/// Refused where something still needs the files: an open commit, a branch's head, a commit that open ones build on.
/// </summary>
internal static class Forgetting
{
    public static async Task<Result<Unit>> ForgetAsync(DataTransaction tx, RepoName repo, CommitSpec spec)
    {
        if (!(await CommitResolver.ResolveAsync(tx.Db, repo, spec)).TryGet(out var commit, out var missing))
        {
            return missing;
        }

        if (await RefusalAsync(tx, commit) is { } refused)
        {
            return refused;
        }

        await tx.Db.ExecuteAsync(
            "UPDATE data_commit SET root = @Hash, forgotten_at = @Now WHERE id = @Id",
            new
            {
                TreeRoot.Empty.Hash,
                tx.Now,
                commit.Id,
            }
        );
        tx.AnnounceCommit(commit.FullName);
        return Unit.Value;
    }

    private static async Task<Error?> RefusalAsync(DataTransaction tx, CommitRow commit)
    {
        if (!commit.IsFinished)
        {
            return Errors.CommitOpen(commit.FullName);
        }

        if (await BranchTable.WithHeadAsync(tx.Db, commit.Id) is [var branch, ..])
        {
            return Errors.ForgetHead(commit.FullName, branch.FullName);
        }

        var needing = await tx.Db.QueryAsync<long>(
            """
            SELECT id FROM data_commit WHERE parent_id = @Id AND finished_at IS NULL
            UNION SELECT c.id FROM commit_provenance e JOIN data_commit c ON c.id = e.commit_id
            WHERE e.upstream_id = @Id AND c.finished_at IS NULL
            """,
            new { commit.Id }
        );
        return needing is [var open, ..]
            ? Errors.ForgetNeeded(commit.FullName, (await CommitTable.GetAsync(tx.Db, open)).FullName)
            : null;
    }
}
