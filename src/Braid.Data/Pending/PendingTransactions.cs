using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Pending;

/// <summary>
/// Transactions over several calls. A client starts one; each of its calls is 1 made ready, 2 rehearsed after all that were
/// recorded before it, so that it can be answered at once, 3 recorded. Finishing makes all of them ready once more and carries
/// them out as one <see cref="DataTransaction"/> whose commit set has the transaction's id, as the rehearsals had: the commits
/// that were answered are those that are made. Nothing is locked meanwhile: what others changed is found at the finish, which
/// then changes nothing.
/// </summary>
public sealed class PendingTransactions
{
    /// <summary>How often one is read again because another call changed it at the same moment.</summary>
    private const int mostAttempts = 10;

    private readonly Database database;
    private readonly DataTransactions transactions;
    private readonly TimeProvider clock;
    private readonly IdSource ids;

    internal PendingTransactions(Database database, DataTransactions transactions, TimeProvider clock, IdSource ids)
    {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    private DateTimeOffset Oldest => clock.GetUtcNow() - PendingLimits.Longest;

    public async Task<Result<PendingTransaction>> StartAsync(Caller caller, CancellationToken ct)
    {
        if (caller.MayWriteData("transactions") is { } refused)
        {
            return refused;
        }

        var made = New(caller);
        return await database.WriteAsync<PendingTransaction>(
            async db =>
            {
                await PendingRows.DeleteAsync(db, before: Oldest);
                if (await PendingRows.CountAsync(db) >= PendingLimits.MostTransactions)
                {
                    return Errors.TooManyTransactions(PendingLimits.MostTransactions);
                }

                await PendingRows.InsertAsync(db, made);
                return made;
            },
            ct
        );
    }

    public async Task<Result<PendingTransaction>> InspectAsync(Caller caller, CommitSetId id, CancellationToken ct) =>
        caller.MayWriteData("transactions") is { } refused
            ? refused
            : await database.ReadAsync(db => FindAsync(db, caller, id), ct);

    /// <summary>The caller's, newest first; an administrator's list has everybody's.</summary>
    public async Task<Result<IReadOnlyList<PendingTransaction>>> ListAsync(Caller caller, CancellationToken ct)
    {
        if (caller.MayWriteData("transactions") is { } refused)
        {
            return refused;
        }

        var all = await database.ReadAsync(db => PendingRows.ListAsync(db, Oldest), ct);
        return all.Where(one => Owns(caller, one)).ToList();
    }

    /// <summary>Forgets a transaction; nothing of it was ever done.</summary>
    public async Task<Result<Unit>> DeleteAsync(Caller caller, CommitSetId id, CancellationToken ct) =>
        caller.MayWriteData("transactions") is { } refused
            ? refused
            : await database.WriteAsync<Unit>(
                async db =>
                {
                    if (!(await FindAsync(db, caller, id)).TryGet(out var found, out var missing))
                    {
                        return missing;
                    }

                    await PendingRows.DeleteAsync(db, found);
                    return Unit.Value;
                },
                ct
            );

    /// <summary>Forgets everybody's transactions.</summary>
    public Task<Result<Unit>> DeleteAllAsync(Caller caller, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            caller,
            new("transaction.delete-all", "all"),
            caller.MayAdminister(),
            async db =>
            {
                await PendingRows.DeleteAsync(db, before: null);
                return Unit.Value;
            },
            ct
        );

    /// <summary>Adds a request to a transaction; what it will answer when the transaction is finished as things are now.</summary>
    public async Task<Result<byte[]>> AppendAsync(
        Caller caller,
        CommitSetId id,
        byte[] request,
        IPendingReader reader,
        CancellationToken ct
    )
    {
        for (var attempt = 1; attempt <= mostAttempts; attempt++)
        {
            if (!(await ToAppendToAsync(caller, id, request, ct)).TryGet(out var before, out var refused))
            {
                return refused;
            }

            // 1
            byte[][] all = [.. before.Requests.Select(one => one.Request), request];
            using var changes = new PendingChanges(id, isWhole: false);
            if ((await changes.ReadAsync(caller, all, reader, ct)).Error is { } unready)
            {
                return unready;
            }

            // 2
            var rehearsed = await database.RehearseAsync(
                db => transactions.PinnedAsync(db, caller.Name, id, tx => changes.RunAsync(tx, ct)),
                ct
            );
            if (!rehearsed.TryGet(out var responses, out var error))
            {
                return error;
            }

            // 3
            var added = new PendingRequest(request, responses[^1]);
            if (await database.WriteAsync(db => PendingRows.AppendAsync(db, before, added, clock.GetUtcNow()), ct))
            {
                return responses[^1];
            }
        }

        return Errors.TransactionBusy(id);
    }

    /// <summary>Carries out all requests, or none; the transaction with what they answered in the end.</summary>
    public async Task<Result<PendingTransaction>> FinishAsync(
        Caller caller,
        CommitSetId id,
        IPendingReader reader,
        CancellationToken ct
    )
    {
        for (var attempt = 1; attempt <= mostAttempts; attempt++)
        {
            if (!(await InspectAsync(caller, id, ct)).TryGet(out var found, out var missing))
            {
                return missing;
            }

            var done = await RunAsync(
                caller,
                found,
                reader,
                async db => await PendingRows.DeleteAsync(db, found) ? null : Errors.TransactionBusy(id),
                ct
            );
            if (done.Error?.Code != Errors.TransactionBusyCode)
            {
                return done;
            }
        }

        return Errors.TransactionBusy(id);
    }

    /// <summary>Carries out these requests at once, or none of them.</summary>
    public async Task<Result<PendingTransaction>> RunAsync(
        Caller caller,
        IReadOnlyList<byte[]> requests,
        IPendingReader reader,
        CancellationToken ct
    ) =>
        caller.MayWriteData("transactions") is { } refused
            ? refused
            : await RunAsync(
                caller,
                New(caller) with
                {
                    Requests = [.. requests.Select(request => new PendingRequest(request, []))],
                },
                reader,
                _ => Task.FromResult<Error?>(null),
                ct
            );

    private async Task<Result<PendingTransaction>> RunAsync(
        Caller caller,
        PendingTransaction transaction,
        IPendingReader reader,
        Func<DbWrite, Task<Error?>> first,
        CancellationToken ct
    )
    {
        byte[][] requests = [.. transaction.Requests.Select(one => one.Request)];
        using var changes = new PendingChanges(transaction.Id, isWhole: true);
        if ((await changes.ReadAsync(caller, requests, reader, ct)).Error is { } unready)
        {
            return unready;
        }

        var done = await database.WriteAsync<byte[][]>(
            async db =>
                await first(db) is { } late
                    ? late
                    : await transactions.PinnedAsync(db, caller.Name, transaction.Id, tx => changes.RunAsync(tx, ct)),
            ct
        );
        return done.Select(responses =>
            transaction with
            {
                Requests = [.. requests.Zip(responses, (request, response) => new PendingRequest(request, response))],
            }
        );
    }

    /// <summary>The transaction, when there is room for one more request in it.</summary>
    private async Task<Result<PendingTransaction>> ToAppendToAsync(
        Caller caller,
        CommitSetId id,
        byte[] request,
        CancellationToken ct
    ) =>
        caller.MayWriteData("transactions") is { } refused
            ? refused
            : await database.ReadAsync<Result<PendingTransaction>>(
                async db =>
                    !(await FindAsync(db, caller, id)).TryGet(out var found, out var missing) ? missing
                    : found.Requests.Count >= PendingLimits.MostRequests
                        ? Errors.TransactionTooLong(id, PendingLimits.MostRequests)
                    : await PendingRows.SizeAsync(db) + request.Length > PendingLimits.MostBytes
                        ? Errors.TransactionsTooLarge(PendingLimits.MostBytes)
                    : found,
                ct
            );

    private async Task<Result<PendingTransaction>> FindAsync(DbRead db, Caller caller, CommitSetId id) =>
        await PendingRows.FindAsync(db, id, Oldest) is { } found && Owns(caller, found)
            ? found
            : Errors.TransactionNotFound($"{id}");

    private static bool Owns(Caller caller, PendingTransaction transaction) =>
        caller.Name == transaction.StartedBy || caller.MayAdminister() is null;

    private PendingTransaction New(Caller caller) =>
        new()
        {
            Id = new(ids.Next()),
            Started = clock.GetUtcNow(),
            StartedBy = caller.Name,
        };
}
