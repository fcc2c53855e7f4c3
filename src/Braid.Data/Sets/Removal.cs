using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Overlaps;
using Braid.Data.Propagation;
using Braid.Data.Walking;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Sets;

/// <summary>
/// Removes commits: 1 find them, and those that go with them; 2 check that nothing is lost that was not meant; 3 newest
/// first, take each out of its line, out of the provenance graph and from under the branches that point at it.
/// </summary>
internal sealed class Removal(DataTransactions transactions)
{
    private const string squash = "squash";
    private const string drop = "drop";

    /// <summary>Removes the commits of a set, whose content lives on in finished children.</summary>
    public async Task<Result<Unit>> SquashAsync(DataTransaction tx, CommitSetId set) =>
        (await OfSetAsync(tx.Db, set, "squashed")).TryGet(out var commits, out var error)
            ? await RemoveAsync(tx, commits, squash)
            : error;

    /// <summary>Removes the commits of a set, on which nothing was built.</summary>
    public async Task<Result<Unit>> DropAsync(DataTransaction tx, CommitSetId set) =>
        (await OfSetAsync(tx.Db, set, "dropped")).TryGet(out var commits, out var error)
            ? await RemoveAsync(tx, commits, drop)
            : error;

    /// <summary>Removes one commit, whose content lives on; when recursive, with everything that was made from it.</summary>
    public async Task<Result<Unit>> SquashAsync(DataTransaction tx, RepoName repo, CommitSpec spec, bool recursive) =>
        (await OneAsync(tx.Db, repo, spec, recursive, squash)).TryGet(out var commits, out var error)
            ? await RemoveAsync(tx, commits, squash)
            : error;

    /// <summary>Removes one commit with what it wrote; when recursive, with everything that was made from it.</summary>
    public async Task<Result<Unit>> DropAsync(DataTransaction tx, RepoName repo, CommitSpec spec, bool recursive) =>
        (await OneAsync(tx.Db, repo, spec, recursive, drop)).TryGet(out var commits, out var error)
            ? await RemoveAsync(tx, commits, drop)
            : error;

    // 1
    private static async Task<Result<IReadOnlyList<CommitRow>>> OfSetAsync(DbRead db, CommitSetId set, string what)
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
        return dependents.Count > 0 ? Errors.SetHasSubvenance(set, what, dependents) : Result.Ok(commits);
    }

    private static async Task<Result<IReadOnlyList<CommitRow>>> OneAsync(
        DbRead db,
        RepoName repo,
        CommitSpec spec,
        bool recursive,
        string what
    )
    {
        if (!(await CommitResolver.ResolveAsync(db, repo, spec)).TryGet(out var commit, out var missing))
        {
            return missing;
        }

        var made = await GraphWalk.FromAsync(
            [commit.Id],
            default,
            some => CommitTable.NextAsync(db, some, WalkDirection.Subvenance)
        );
        return made.Count > 0 && !recursive
            ? Errors.RemoveWithSubvenance(commit.FullName, what)
            : Result.Ok(await CommitTable.OfIdsAsync(db, [commit.Id, .. made]));
    }

    private async Task<Result<Unit>> RemoveAsync(DataTransaction tx, IReadOnlyList<CommitRow> commits, string what)
    {
        // 2
        var going = commits.Select(commit => commit.Id).ToHashSet();
        foreach (var commit in commits)
        {
            if (await RefusalAsync(tx.Db, commit, going, what) is { } refused)
            {
                return refused;
            }
        }

        // 3
        foreach (var commit in commits.Reverse())
        {
            await RemoveAsync(tx, commit);
        }

        return Unit.Value;
    }

    private async Task<Error?> RefusalAsync(DbRead db, CommitRow commit, HashSet<long> going, string what)
    {
        foreach (var listener in transactions.Listeners)
        {
            if (await listener.MayRemoveCommitAsync(db, commit.FullName) is { } refused)
            {
                return refused;
            }
        }

        var children = await CommitTable.ChildrenAsync(db, commit.Id);
        var staying = children.FirstOrDefault(child => !going.Contains(child.Id));
        return what == drop ? (staying is null ? null : Errors.DropParent(commit.FullName))
            : children.Count == 0 ? Errors.SquashLeaf(commit.FullName)
            : children.FirstOrDefault(child => !child.IsFinished && !going.Contains(child.Id)) is { } open
                ? Errors.SquashOpenChild(open.FullName)
            : null;
    }

    private static async Task RemoveAsync(DataTransaction tx, CommitRow commit)
    {
        foreach (var branch in await BranchTable.WithHeadAsync(tx.Db, commit.Id))
        {
            await BranchTable.MoveAsync(
                tx,
                branch.Id,
                await NewestKeptAsync(tx.Db, commit.ParentId) ?? await EmptyCommitAsync(tx, branch)
            );
        }

        await OverlapTable.ForgetAsync(tx.Db, commit.Id);
        await CommitTable.DeleteAsync(tx.Db, commit);
        tx.AnnounceRemoved(commit.FullName);
    }

    /// <summary>The nearest ancestor whose files are there: a head can be read and built on.</summary>
    private static async Task<long?> NewestKeptAsync(DbRead db, long? id)
    {
        while (id is { } at && await CommitTable.GetAsync(db, at) is { IsForgotten: true } forgotten)
        {
            id = forgotten.ParentId;
        }

        return id;
    }

    /// <summary>
    /// What branches of a repo point at when their only commit went: others may depend on them, so they keep a head.
    /// </summary>
    private static async Task<long> EmptyCommitAsync(DataTransaction tx, BranchRow branch) =>
        await CommitTable.FindAsync(tx.Db, branch.RepoId, tx.Set) is { } made
            ? made.Id
            : await CommitTable.InsertAsync(
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
