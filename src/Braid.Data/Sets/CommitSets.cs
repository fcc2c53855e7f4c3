using System.Runtime.CompilerServices;
using Braid.Access.Callers;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Sets;

/// <summary>Showing and removing the commits of one event together.</summary>
public sealed class CommitSets
{
    private readonly Database database;
    private readonly DataTransactions transactions;
    private readonly Removal removal;

    internal CommitSets(Database database, DataTransactions transactions)
    {
        this.database = database;
        this.transactions = transactions;
        removal = new(transactions);
    }

    /// <summary>The set and what it was made from.</summary>
    public async Task<Result<CommitSet>> InspectAsync(Caller caller, CommitSetId id, CancellationToken ct)
    {
        var set = await database.ReadAsync(db => LoadAsync(db, caller, id), ct);
        return set.Commits.Count == 0 ? Errors.CommitSetNotFound(id) : set;
    }

    /// <summary>The commits of the set and what it was made from, each once it is finished; ends when all are.</summary>
    public async Task<Result<IAsyncEnumerable<Commit>>> WaitAsync(
        Caller caller,
        CommitSetId id,
        CancellationToken ct
    ) =>
        (await InspectAsync(caller, id, ct)).TryGet(out var set, out var error)
            ? Result.Ok(FinishedAsync(caller, set, ct))
            : error;

    /// <summary>All sets with a commit in the project (null: in any), newest first.</summary>
    public Task<Result<IAsyncEnumerable<CommitSet>>> ListAsync(Caller caller, string? project, CancellationToken ct) =>
        Task.FromResult(Result.Ok(SetsAsync(caller, project, ct)));

    /// <summary>Removes the set's commits; what they wrote stays in their children.</summary>
    public async Task<Result<Unit>> SquashAsync(Caller caller, CommitSetId id, CancellationToken ct) =>
        caller.MayWriteData($"commit set {id}") is { } refused
            ? refused
            : await transactions.RunAsync(caller, new("commit.squash", $"{id}"), tx => SquashAsync(tx, id), ct);

    /// <inheritdoc cref="SquashAsync(Caller, CommitSetId, CancellationToken)"/>
    public Task<Result<Unit>> SquashAsync(DataTransaction transaction, CommitSetId id) =>
        removal.SquashAsync(transaction, id);

    /// <summary>Removes the newest set of its lines with what it wrote; branches go back to the parents.</summary>
    public async Task<Result<Unit>> DropAsync(Caller caller, CommitSetId id, CancellationToken ct) =>
        caller.MayWriteData($"commit set {id}") is { } refused
            ? refused
            : await transactions.RunAsync(caller, new("commit.drop", $"{id}"), tx => DropAsync(tx, id), ct);

    /// <inheritdoc cref="DropAsync(Caller, CommitSetId, CancellationToken)"/>
    public Task<Result<Unit>> DropAsync(DataTransaction transaction, CommitSetId id) =>
        removal.DropAsync(transaction, id);

    private static async Task<CommitSet> LoadAsync(DbRead db, Caller caller, CommitSetId id)
    {
        var commits = await CommitReader.LoadAsync(db, await CommitTable.OfSetWithProvenanceAsync(db, id));
        return new(id, [.. commits.Where(commit => caller.MayReadData($"{commit.Name.Repo}") is null)]);
    }

    private async IAsyncEnumerable<Commit> FinishedAsync(
        Caller caller,
        CommitSet set,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var feed = new CommitFeed(database);
        var seen = new HashSet<CommitName>();
        while (set.Commits.Where(commit => seen.Add(commit.Name)).ToList() is { Count: > 0 } fresh)
        {
            foreach (var commit in fresh)
            {
                // One that is removed meanwhile is nothing to wait for.
                if ((await feed.ReachAsync(commit.Name, CommitState.Finished, ct)).TryGet(out var finished, out _))
                {
                    yield return finished;
                }
            }

            // A branch that was moved onto one of its commits gives the set more of them.
            set = await database.ReadAsync(db => LoadAsync(db, caller, set.Id), ct);
        }
    }

    private async IAsyncEnumerable<CommitSet> SetsAsync(
        Caller caller,
        string? project,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var before = long.MaxValue;
        var seen = new HashSet<CommitSetId>();
        while (true)
        {
            var cursor = before;
            var page = await database.ReadAsync(db => PageAsync(db, project, cursor), ct);
            foreach (var row in page)
            {
                before = row.Id;
                if (seen.Add(row.SetId))
                {
                    var set = await database.ReadAsync(db => LoadAsync(db, caller, row.SetId), ct);
                    if (set.Commits.Count > 0)
                    {
                        yield return set;
                    }
                }
            }

            if (page.Count == 0)
            {
                yield break;
            }
        }
    }

    private static Task<IReadOnlyList<SetRow>> PageAsync(DbRead db, string? project, long before) =>
        db.QueryAsync<SetRow>(
            """
            SELECT c.id, c.set_id FROM data_commit c JOIN repo r ON r.id = c.repo_id
            WHERE c.id < @before AND (@project = '' OR r.project = @project)
            ORDER BY c.id DESC LIMIT 200
            """,
            new { before, project = project ?? "" }
        );

    private sealed record SetRow
    {
        public long Id { get; init; }
        public CommitSetId SetId { get; init; }
    }
}
