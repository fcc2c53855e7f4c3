using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Data.Branching;
using Braid.Data.History;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Propagation;

/// <summary>
/// Runs transactions over versioned data:
/// 1 the change runs, noting the branches it moved; 2 propagation decides, once, which commits follow, and they are made;
/// 3 the listeners are told, in the same transaction; 4 branches whose triggers watch what has finished are moved, which is a
/// change of its own, with a commit set of its own.
/// </summary>
public sealed class DataTransactions
{
    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly IdSource ids;
    private readonly List<ICommitSetListener> listeners;
    private readonly DataTransaction? running;

    internal DataTransactions(Database database, TimeProvider clock, IdSource ids)
    {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        listeners = [];
    }

    private DataTransactions(DataTransactions all, DataTransaction running)
    {
        (database, clock, ids, listeners) = (all.database, all.clock, all.ids, all.listeners);
        this.running = running;
    }

    internal IReadOnlyList<ICommitSetListener> Listeners => listeners;

    /// <summary>Runs a change in a transaction of its own. The change may run more than once.</summary>
    public Task<Result<T>> RunAsync<T>(
        string author,
        Func<DataTransaction, Task<Result<T>>> change,
        CancellationToken ct
    ) =>
        running is not null
            ? change(running)
            : database.WriteAsync(db => BeginAsync(db, author, new(ids.Next()), pinned: false, change), ct);

    /// <summary>Runs a change of which the audit log tells, where it is made; of one that answers false, there was nothing to change.</summary>
    public Task<Result<T>> RunAsync<T>(
        Caller caller,
        AuditedAct act,
        Func<DataTransaction, Task<Result<T>>> change,
        CancellationToken ct
    ) =>
        RunAsync(
            caller.Name,
            async transaction =>
            {
                var made = await change(transaction);
                if (made.IsOk && made.Value is not false)
                {
                    await transaction.Db.TellAsync(caller, act, transaction.Now);
                }

                return made;
            },
            ct
        );

    /// <summary>
    /// Runs a change inside a transaction that another domain has begun; propagation happens at the end of the change. Where
    /// such a change is running in the session already, this one becomes part of it.
    /// </summary>
    public Task<Result<T>> JoinAsync<T>(DbWrite db, string author, Func<DataTransaction, Task<Result<T>>> change) =>
        db.Find<DataTransaction>() is { } outer
            ? change(outer)
            : BeginAsync(db, author, new(ids.Next()), pinned: false, change);

    /// <summary>The same rows, but every change becomes part of a transaction that runs.</summary>
    internal DataTransactions Within(DataTransaction transaction) => new(this, transaction);

    /// <summary>Runs a change whose commits belong to the given set, whatever it does.</summary>
    internal Task<Result<T>> PinnedAsync<T>(
        DbWrite db,
        string author,
        CommitSetId set,
        Func<DataTransaction, Task<Result<T>>> change
    ) => BeginAsync(db, author, set, pinned: true, change);

    internal void Listen(ICommitSetListener listener) => listeners.Add(listener);

    private async Task<Result<T>> BeginAsync<T>(
        DbWrite db,
        string author,
        CommitSetId set,
        bool pinned,
        Func<DataTransaction, Task<Result<T>>> change
    )
    {
        var transaction = new DataTransaction(db, author, clock.GetUtcNow(), set, pinned);
        db.Keep(transaction);
        var result = await ChangeAsync(transaction, change);
        db.Keep<DataTransaction>(null);
        if (!result.IsOk)
        {
            return result;
        }

        // 3
        await TellAsync(transaction);

        // 4
        return await FireAsync(transaction) is { } failed ? failed : result;
    }

    private static async Task<Result<T>> ChangeAsync<T>(
        DataTransaction transaction,
        Func<DataTransaction, Task<Result<T>>> change
    )
    {
        // 1
        var result = await change(transaction);

        // 2
        return result.IsOk && (await transaction.PropagateAsync()).Error is { } error ? error : result;
    }

    private async Task<Error?> FireAsync(DataTransaction done)
    {
        foreach (var round in await Triggers.RoundsAsync(done.Db, done.Finished))
        {
            var moved = await JoinAsync(done.Db, done.Author, tx => MoveAsync(tx, round));
            if (moved.Error is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static async Task<Result<Unit>> MoveAsync(DataTransaction tx, IReadOnlyList<TriggeredMove> moves)
    {
        foreach (var (branch, commit) in moves)
        {
            await tx.MoveAsync(branch, commit.Id);
        }

        return Unit.Value;
    }

    private async Task TellAsync(DataTransaction transaction)
    {
        var made = await CommitReader.LoadAsync(
            transaction.Db,
            await CommitTable.OfIdsAsync(transaction.Db, transaction.Made)
        );
        foreach (var listener in listeners)
        {
            if (made.Count > 0)
            {
                await listener.OnCommitsMadeAsync(transaction.Db, transaction.Set, made);
            }

            if (transaction.Finished.Count > 0)
            {
                await listener.OnCommitsFinishedAsync(
                    transaction.Db,
                    [.. transaction.Finished.Select(c => c.FullName)]
                );
            }

            if (transaction.Removed.Count > 0)
            {
                await listener.OnCommitsRemovedAsync(transaction.Db, transaction.Removed);
            }
        }
    }
}
