using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Overlaps;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Sets;

/// <summary>
/// Removes the commits of a set: 1 check that nothing is lost that was not meant; 2 newest first, take each out of its
/// line, out of the provenance graph and from under the branches that point at it.
/// </summary>
internal static class Removal
{
    /// <summary>Removes commits whose content lives on in finished children.</summary>
    public static async Task<Result<Unit>> SquashAsync(DataTransaction tx, CommitSetId set)
    {
        // 1
        if (!(await MembersAsync(tx.Db, set, "squashed")).TryGet(out var commits, out var error))
        {
            return error;
        }

        foreach (var commit in commits)
        {
            var children = await CommitTable.ChildrenAsync(tx.Db, commit.Id);
            if (children.Count == 0)
            {
                return Errors.SquashLeaf(commit.FullName);
            }

            if (children.FirstOrDefault(child => !child.IsFinished) is { } open)
            {
                return Errors.SquashOpenChild(open.FullName);
            }
        }

        // 2
        foreach (var commit in commits.Reverse())
        {
            await RemoveAsync(tx, commit);
        }

        return Unit.Value;
    }

    /// <summary>Removes commits that nothing was built on.</summary>
    public static async Task<Result<Unit>> DropAsync(DataTransaction tx, CommitSetId set)
    {
        // 1
        if (!(await MembersAsync(tx.Db, set, "dropped")).TryGet(out var commits, out var error))
        {
            return error;
        }

        foreach (var commit in commits)
        {
            if ((await CommitTable.ChildrenAsync(tx.Db, commit.Id)).Count > 0)
            {
                return Errors.DropParent(commit.FullName);
            }
        }

        // 2
        foreach (var commit in commits.Reverse())
        {
            await RemoveAsync(tx, commit);
        }

        return Unit.Value;
    }

    private static async Task<Result<CommitRow[]>> MembersAsync(DbRead db, CommitSetId set, string what)
    {
        var commits = await CommitTable.OfSetAsync(db, set);
        if (commits.Count == 0)
        {
            return Errors.CommitSetNotFound(set);
        }

        var dependents = await db.QueryAsync<CommitSetId>(
            """
            SELECT DISTINCT d.set_id FROM data_commit c
            JOIN commit_provenance e ON e.upstream_id = c.id
            JOIN data_commit d ON d.id = e.commit_id
            WHERE c.set_id = @set AND d.set_id <> @set
            """,
            new { set }
        );
        return dependents.Count > 0 ? Errors.SetHasSubvenance(set, what, dependents) : commits.ToArray();
    }

    private static async Task RemoveAsync(DataTransaction tx, CommitRow commit)
    {
        foreach (var branch in await BranchTable.WithHeadAsync(tx.Db, commit.Id))
        {
            await BranchTable.MoveAsync(tx, branch.Id, commit.ParentId ?? await EmptyCommitAsync(tx, branch));
        }

        await OverlapTable.ForgetAsync(tx.Db, commit.Id);
        await CommitTable.DeleteAsync(tx.Db, commit);
        tx.AnnounceRemoved(commit.FullName);
    }

    /// <summary>What a branch points at when its only commit went: others may depend on it, so it keeps a head.</summary>
    private static Task<long> EmptyCommitAsync(DataTransaction tx, BranchRow branch) =>
        CommitTable.InsertAsync(
            tx,
            new()
            {
                RepoId = branch.RepoId,
                Branch = branch.Name,
                Origin = CommitOrigin.Auto,
                Parent = null,
                Tree = CommitTree.Empty,
                Finished = true,
            }
        );
}
