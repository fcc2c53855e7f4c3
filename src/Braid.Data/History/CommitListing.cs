using System.Runtime.CompilerServices;
using Braid.Data.Naming;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.History;

/// <summary>
/// Lists commits page by page, each page a snapshot of its own, so that a long listing holds nothing open: all of a repo's
/// in the order they were made, or one line from a commit back to another.
/// </summary>
internal sealed class CommitListing(Database database)
{
    private const int pageSize = 200;

    public async Task<Result<IAsyncEnumerable<Commit>>> ListAsync(
        RepoName repo,
        CommitQuery query,
        CancellationToken ct
    )
    {
        if (query is { From: not null, To: null })
        {
            return Errors.FromWithoutTo();
        }

        var scope = await database.ReadAsync(db => ScopeAsync(db, repo, query), ct);
        return scope.TryGet(out var found, out var error) ? Result.Ok(SelectAsync(found, query, ct)) : error;
    }

    private static async Task<Result<Scope>> ScopeAsync(DbRead db, RepoName repo, CommitQuery query)
    {
        if (!(await RepoTable.GetAsync(db, repo)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        if (query.To is null)
        {
            return query.Before is null
                ? new Scope(row.Id, null, 0)
                : (await CommitResolver.ResolveAsync(db, repo, query.Before)).Select(before => new Scope(
                    row.Id,
                    null,
                    0
                )
                {
                    Before = before.Id,
                });
        }

        if (!(await CommitResolver.ResolveAsync(db, repo, query.To)).TryGet(out var newest, out var error))
        {
            return error;
        }

        var oldest = 0L;
        if (query.From is not null)
        {
            if (!(await CommitResolver.ResolveAsync(db, repo, query.From)).TryGet(out var from, out error))
            {
                return error;
            }

            // A commit that is not on the line cuts nothing off.
            var ancestor = await CommitTable.AncestorAsync(db, newest, from.Generation);
            oldest = ancestor?.Id == from.Id ? from.Generation : 0;
        }

        return new Scope(row.Id, newest, oldest);
    }

    private async IAsyncEnumerable<Commit> SelectAsync(
        Scope scope,
        CommitQuery query,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var left = query.Number > 0 ? query.Number : long.MaxValue;
        var pages = scope.Newest is { } newest
            ? LineAsync(newest, scope.Oldest, query.Reverse, ct)
            : RepoAsync(scope.RepoId, scope.Before, query.Reverse, ct);
        await foreach (var commit in pages)
        {
            var wanted =
                (query.Origin is null || commit.Origin == query.Origin)
                && (query.StartedBy is null || commit.Started <= query.StartedBy);
            if (!wanted)
            {
                continue;
            }

            yield return commit;
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<Commit> LineAsync(
        CommitRow newest,
        long oldest,
        bool reverse,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var line = new CommitLine(database);
        var pages = reverse ? line.OldestFirstAsync(newest, oldest, ct) : line.NewestFirstAsync(newest, oldest, ct);
        await foreach (var rows in pages)
        {
            foreach (var commit in await database.ReadAsync(db => CommitReader.LoadAsync(db, rows), ct))
            {
                yield return commit;
            }
        }
    }

    private async IAsyncEnumerable<Commit> RepoAsync(
        long repoId,
        long newest,
        bool reverse,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var before = reverse ? (long?)null : newest;
        var after = 0L;
        while (true)
        {
            var (from, to) = (after, before);
            var (rows, page) = await database.ReadAsync(
                async db =>
                {
                    var found = await CommitTable.PageAsync(db, repoId, to, from, pageSize);
                    return (found, await CommitReader.LoadAsync(db, found));
                },
                ct
            );
            foreach (var commit in page)
            {
                yield return commit;
            }

            if (rows.Count < pageSize)
            {
                yield break;
            }

            after = rows[^1].Id;
            before = reverse ? null : rows[^1].Id;
        }
    }

    /// <param name="Newest">Where the line to list begins; null for all commits of the repo.</param>
    /// <param name="Oldest">The generation it ends before.</param>
    private readonly record struct Scope(long RepoId, CommitRow? Newest, long Oldest)
    {
        /// <summary>Of all commits of the repo, those with lower ids.</summary>
        public long Before { get; init; } = long.MaxValue;
    }
}
