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
public sealed class DataTransactions(Database database, TimeProvider clock, IdSource ids)
{
    private readonly List<ICommitSetListener> listeners = [];

    internal IReadOnlyList<ICommitSetListener> Listeners => listeners;

    /// <summary>Runs a change in a transaction of its own. The change may run more than once.</summary>
    public Task<Result<T>> RunAsync<T>(
        string author,
        Func<DataTransaction, Task<Result<T>>> change,
        CancellationToken ct
    ) => database.WriteAsync(db => JoinAsync(db, author, change), ct);

    /// <summary>Runs a change inside a transaction that another domain has begun; propagation happens at the end of the change.</summary>
    public async Task<Result<T>> JoinAsync<T>(DbWrite db, string author, Func<DataTransaction, Task<Result<T>>> change)
    {
        // 1
        var transaction = new DataTransaction(db, author, clock.GetUtcNow(), new(ids.Next()));
        var result = await change(transaction);
        if (!result.IsOk)
        {
            return result;
        }

        // 2
        if ((await transaction.PropagateAsync()).Error is { } error)
        {
            return error;
        }

        // 3
        await TellAsync(transaction);

        // 4
        return await FireAsync(transaction) is { } failed ? failed : result;
    }

    internal void Listen(ICommitSetListener listener) => listeners.Add(listener);

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

            if (transaction.Removed.Count > 0)
            {
                await listener.OnCommitsRemovedAsync(transaction.Db, transaction.Removed);
            }
        }
    }
}
