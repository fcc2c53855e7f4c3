using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Data.Repositories;
using Braid.Primitives;

namespace Braid.Data.Branching;

/// <summary>
/// Makes a branch what a <see cref="BranchChange"/> says: 1 check the change by itself; 2 find or make the branch; 3 set
/// what it depends on, and check the graph; 4 set its head; 5 set its trigger.
/// </summary>
internal static class BranchEditor
{
    public static async Task<Result<Unit>> ApplyAsync(DataTransaction tx, BranchName name, BranchChange change)
    {
        // 1
        if ((name.Check() ?? TriggerRules.Check(change)) is { } bad)
        {
            return bad;
        }

        // 2
        if (change.MustBeNew && await BranchTable.FindAsync(tx.Db, name) is not null)
        {
            return Errors.BranchExists(name);
        }

        if (!(await FindOrMakeAsync(tx, name)).TryGet(out var branch, out var missing))
        {
            return missing;
        }

        // 3
        var provenance = await SetProvenanceAsync(tx, branch, change);
        if (!provenance.TryGet(out var changed, out var refused))
        {
            return refused;
        }

        // 4
        var headed = change.Head is { } head
            ? await MoveAsync(tx, branch, head, change.NewCommitSet)
            : await SettleAsync(tx, branch, change.Provenance.Count > 0, changed);
        if (headed.Error is { } error)
        {
            return error;
        }

        // 5
        tx.Db.Announce(Topics.Repo(name.Repo));
        if (change.Trigger is not null || change.Provenance.Count > 0)
        {
            await BranchTable.SetTriggerAsync(tx, branch.Id, TriggerText.Write(change.Trigger));
        }

        return await TriggerRules.CheckLoopAsync(tx.Db, branch) is { } loop ? loop : Unit.Value;
    }

    /// <summary>The branch of that name, made without a head when it is missing.</summary>
    public static async Task<Result<BranchRow>> FindOrMakeAsync(DataTransaction tx, BranchName name)
    {
        if (await BranchTable.FindAsync(tx.Db, name) is { } found)
        {
            return found;
        }

        if (!(await RepoTable.GetAsync(tx.Db, name.Repo)).TryGet(out var repo, out var missing))
        {
            return missing;
        }

        return name.Check() is { } bad
            ? bad
            : await BranchTable.GetAsync(tx.Db, await BranchTable.InsertAsync(tx, repo.Id, name.Name));
    }

    /// <summary>True when the branch depends on others than before.</summary>
    private static async Task<Result<bool>> SetProvenanceAsync(
        DataTransaction tx,
        BranchRow branch,
        BranchChange change
    )
    {
        var edges = new List<(long Upstream, bool Never)>();
        foreach (var name in change.Provenance.Distinct())
        {
            if (name.Repo == branch.FullName.Repo)
            {
                return Errors.BranchOfItself(branch.FullName);
            }

            if (!(await FindOrMakeAsync(tx, name)).TryGet(out var upstream, out var missing))
            {
                return missing;
            }

            if ((await SettleAsync(tx, upstream, dependent: false, changed: false)).Error is { } error)
            {
                return error;
            }

            edges.Add((upstream.Id, change.NeverPropagates.Contains(name)));
        }

        var before = (await BranchTable.ProvenanceAsync(tx.Db, branch.Id)).Select(row => row.UpstreamId);
        await BranchTable.SetProvenanceAsync(tx.Db, branch.Id, edges);
        return await GraphRules.CheckAsync(tx.Db, branch) is { } broken
            ? broken
            : !before.Order().SequenceEqual(edges.Select(edge => edge.Upstream).Order());
    }

    private static async Task<Result<Unit>> MoveAsync(
        DataTransaction tx,
        BranchRow branch,
        CommitSpec head,
        bool newSet
    )
    {
        if (
            !(await CommitResolver.ResolveAsync(tx.Db, branch.FullName.Repo, head)).TryGet(
                out var commit,
                out var error
            )
        )
        {
            return error;
        }

        if (commit.IsForgotten)
        {
            return Errors.CommitForgotten(commit.FullName);
        }

        if (!newSet)
        {
            tx.Join(commit.SetId);
        }

        await tx.MoveAsync(branch, commit.Id);
        return Unit.Value;
    }

    /// <summary>
    /// Without a new head, a branch that has come to depend on others is made from them, and one that depends on nothing
    /// and has no head gets an empty, closed commit, so that what depends on it can be made.
    /// </summary>
    private static async Task<Result<Unit>> SettleAsync(
        DataTransaction tx,
        BranchRow branch,
        bool dependent,
        bool changed
    )
    {
        if (dependent)
        {
            if (changed)
            {
                tx.Rebuild(branch.Id);
            }

            return Unit.Value;
        }

        if (branch.HeadId is not null || await CommitTable.FindAsync(tx.Db, branch.RepoId, tx.Set) is not null)
        {
            return Unit.Value;
        }

        var empty = new NewCommit
        {
            RepoId = branch.RepoId,
            Branch = branch.Name,
            Origin = CommitOrigin.Auto,
            Parent = null,
            Tree = CommitTree.Empty,
            Finished = true,
        };
        return (await tx.CommitAsync(empty, branch)).Select(_ => Unit.Value);
    }
}
