using System.Runtime.CompilerServices;
using Braid.Data.Naming;
using Braid.Data.Repositories;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.History;

/// <summary>Waiting for commits: it looks, and looks again whenever something that concerns it has committed.</summary>
internal sealed class CommitFeed(Database database)
{
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(5);

    /// <summary>The commit, once it has reached a state; an error when it is removed meanwhile.</summary>
    public async Task<Result<Commit>> ReachAsync(CommitName name, CommitState state, CancellationToken ct)
    {
        using var watch = database.Changes.Watch(
            state == CommitState.Ready ? Topics.Commits : Topics.CommitSet(name.Id)
        );
        while (true)
        {
            var look = await database.ReadAsync(db => LookAsync(db, name, state), ct);
            if (look.Commit is not { } commit)
            {
                return Errors.CommitDeleted(name);
            }

            if (look.Reached)
            {
                return commit;
            }

            await watch.NextAsync(longestPause, ct);
        }
    }

    public async Task<Result<IAsyncEnumerable<Commit>>> SubscribeAsync(
        RepoName repo,
        string? branch,
        CommitSpec? from,
        CommitState state,
        CommitOrigin? origin,
        CancellationToken ct
    )
    {
        var start = await database.ReadAsync(db => StartAsync(db, repo, from), ct);
        return start.TryGet(out var begin, out var error)
            ? Result.Ok(FollowAsync(repo, branch, begin, state, origin, ct))
            : error;
    }

    private static async Task<Result<(long RepoId, long After)>> StartAsync(DbRead db, RepoName repo, CommitSpec? from)
    {
        if (!(await RepoTable.GetAsync(db, repo)).TryGet(out var row, out var missing))
        {
            return missing;
        }

        return from is null
            ? (row.Id, 0)
            : (await CommitResolver.ResolveAsync(db, repo, from)).Select(commit => (row.Id, commit.Id));
    }

    private async IAsyncEnumerable<Commit> FollowAsync(
        RepoName repo,
        string? branch,
        (long RepoId, long After) begin,
        CommitState state,
        CommitOrigin? origin,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var cursor = new FeedCursor(begin.After);
        using var watch = database.Changes.Watch(Topics.Repo(repo));
        while (true)
        {
            var isNew = false;
            await foreach (var row in RowsAsync(begin.RepoId, branch, cursor.After, ct))
            {
                if (!cursor.Accept(row))
                {
                    continue;
                }

                isNew = true;
                var wanted = origin is null || (CommitOrigin)row.Origin == origin;
                if (wanted && (await ReachAsync(row.FullName, state, ct)).TryGet(out var commit, out _))
                {
                    yield return commit;
                }
            }

            cursor.Settle();
            if (!isNew)
            {
                await watch.NextAsync(longestPause, ct);
            }
        }
    }

    private async IAsyncEnumerable<CommitRow> RowsAsync(
        long repoId,
        string? branch,
        long after,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        while (true)
        {
            var last = after;
            var rows = await database.ReadAsync(db => CommitTable.OnBranchAfterAsync(db, repoId, branch, last), ct);
            foreach (var row in rows)
            {
                yield return row;
                after = row.Id;
            }

            if (rows.Count == 0)
            {
                yield break;
            }
        }
    }

    private static async Task<Look> LookAsync(DbRead db, CommitName name, CommitState state)
    {
        if (await CommitTable.FindAsync(db, name) is not { } row)
        {
            return new(null, false);
        }

        var reached = state switch
        {
            CommitState.Finished => row.IsFinished,
            CommitState.Finishing => row.FinishingAt is not null,
            CommitState.Ready => row.FinishingAt is not null || await CommitTable.IsReadyAsync(db, row.Id),
            _ => true,
        };
        return new(await CommitReader.LoadAsync(db, row), reached);
    }

    private readonly record struct Look(Commit? Commit, bool Reached);
}
