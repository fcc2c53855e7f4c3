using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Data.Walking;

/// <summary>What commits and branches were made from and what was made from them, and where in its line a path changed.</summary>
public sealed class Lineage
{
    private const int pageSize = 200;

    private readonly Database database;
    private readonly PathSearch search;

    internal Lineage(Database database, ContentStore content)
    {
        this.database = database;
        search = new(database, content);
    }

    /// <summary>The commits that a walk from some finds, nearest first, without those it began at.</summary>
    public async Task<Result<IAsyncEnumerable<Commit>>> WalkCommitsAsync(
        Caller caller,
        IReadOnlyList<(RepoName Repo, CommitSpec Commit)> starts,
        WalkDirection direction,
        WalkLimits limits,
        CancellationToken ct
    )
    {
        if (Refuse(caller, starts.Select(start => start.Repo)) is { } refused)
        {
            return refused;
        }

        var found = await database.ReadAsync(db => CommitIdsAsync(db, starts, direction, limits), ct);
        return found.TryGet(out var ids, out var error) ? Result.Ok(CommitsAsync(caller, ids, ct)) : error;
    }

    /// <summary>The branches that a walk from some finds, nearest first, without those it began at.</summary>
    public async Task<Result<IReadOnlyList<Branch>>> WalkBranchesAsync(
        Caller caller,
        IReadOnlyList<BranchName> starts,
        WalkDirection direction,
        WalkLimits limits,
        CancellationToken ct
    ) =>
        Refuse(caller, starts.Select(start => start.Repo)) is { } refused
            ? refused
            : await database.ReadAsync(db => BranchesAsync(db, caller, starts, direction, limits), ct);

    /// <summary>
    /// Looks for the commits that changed a path, from one commit back to the root of its line: each step tells a commit that
    /// did, the last one where the search ended. At most <paramref name="limit"/> are found; 0 is no limit.
    /// </summary>
    public Task<Result<IAsyncEnumerable<PathSearchStep>>> SearchAsync(
        Caller caller,
        RepoName repo,
        CommitSpec start,
        string path,
        long limit,
        CancellationToken ct
    ) =>
        caller.MayReadData($"{repo}") is { } refused
            ? Task.FromResult<Result<IAsyncEnumerable<PathSearchStep>>>(refused)
            : search.StartAsync(repo, start, path, limit, ct);

    private static Error? Refuse(Caller caller, IEnumerable<RepoName> repos) =>
        repos.Select(repo => caller.MayReadData($"{repo}")).FirstOrDefault(refused => refused is not null);

    private static async Task<Result<IReadOnlyList<long>>> CommitIdsAsync(
        DbRead db,
        IReadOnlyList<(RepoName Repo, CommitSpec Commit)> starts,
        WalkDirection direction,
        WalkLimits limits
    )
    {
        var ids = new List<long>();
        foreach (var (repo, spec) in starts)
        {
            if (!(await CommitResolver.ResolveAsync(db, repo, spec)).TryGet(out var commit, out var error))
            {
                return error;
            }

            ids.Add(commit.Id);
        }

        return Result.Ok(await GraphWalk.FromAsync(ids, limits, some => CommitTable.NextAsync(db, some, direction)));
    }

    private static async Task<Result<IReadOnlyList<Branch>>> BranchesAsync(
        DbRead db,
        Caller caller,
        IReadOnlyList<BranchName> starts,
        WalkDirection direction,
        WalkLimits limits
    )
    {
        var ids = new List<long>();
        foreach (var name in starts)
        {
            if (!(await BranchTable.GetAsync(db, name)).TryGet(out var branch, out var error))
            {
                return error;
            }

            ids.Add(branch.Id);
        }

        var found = new List<Branch>();
        foreach (var id in await GraphWalk.FromAsync(ids, limits, some => BranchTable.NextAsync(db, some, direction)))
        {
            var branch = await Branches.LoadAsync(db, await BranchTable.GetAsync(db, id));
            if (caller.MayReadData($"{branch.Name.Repo}") is null)
            {
                found.Add(branch);
            }
        }

        return found;
    }

    private async IAsyncEnumerable<Commit> CommitsAsync(
        Caller caller,
        IReadOnlyList<long> ids,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        foreach (var page in ids.Chunk(pageSize))
        {
            foreach (var commit in await database.ReadAsync(db => PageAsync(db, page), ct))
            {
                if (caller.MayReadData($"{commit.Name.Repo}") is null)
                {
                    yield return commit;
                }
            }
        }
    }

    /// <summary>The commits of the ids that are still there, in the order of the ids.</summary>
    private static async Task<IReadOnlyList<Commit>> PageAsync(DbRead db, long[] ids)
    {
        var rows = await CommitTable.OfIdsAsync(db, ids);
        return await CommitReader.LoadAsync(db, [.. rows.OrderBy(row => Array.IndexOf(ids, row.Id))]);
    }
}
