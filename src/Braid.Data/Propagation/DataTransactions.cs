using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Propagation;

/// <summary>
/// Runs transactions over versioned data:
/// 1 the change runs, noting the branches it moved; 2 propagation decides, once, which commits follow; 3 they are made;
/// 4 the listeners are told, in the same transaction.
/// </summary>
public sealed class DataTransactions(Database database, TimeProvider clock, IdSource ids)
{
    /// <summary>Runs a change in a transaction of its own. The change may run more than once.</summary>
    public Task<Result<T>> RunAsync<T>(
        string author,
        Func<DataTransaction, Task<Result<T>>> change,
        CancellationToken ct
    ) => database.WriteAsync(db => JoinAsync(db, author, change), ct);

    /// <summary>Runs a change inside a transaction that another domain has begun; propagation happens at the end of the change.</summary>
    public Task<Result<T>> JoinAsync<T>(DbWrite db, string author, Func<DataTransaction, Task<Result<T>>> change) =>
        change(new(db, author, clock.GetUtcNow(), new(ids.Next())));
}
