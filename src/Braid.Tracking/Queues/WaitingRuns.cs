using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Queues;

/// <summary>Which queue: by id, by name (made when there is none), or the default one.</summary>
public abstract record QueueChoice
{
    private QueueChoice() { }

    public sealed record ById(QueueId Id) : QueueChoice;

    public sealed record ByName(string Name) : QueueChoice;

    public sealed record Default : QueueChoice;
}

/// <summary>Where a run goes in its queue.</summary>
public enum QueueMove
{
    Forward,
    Backward,
    ToFront,
    ToBack,
}

/// <summary>
/// Runs that wait for workers. A run waits in one queue at most; when it leaves the status <see cref="RunStatus.Queued"/>, it
/// leaves its queue. Each entry is handed out once.
/// </summary>
public sealed class WaitingRuns(Database database, TimeProvider clock, IdSource ids)
{
    private readonly QueueOrder order = new(clock);

    /// <summary>Puts a run at the end of a queue; it becomes queued. It leaves the queue that it was in.</summary>
    /// <returns>The run as it is now, without parts; <c>tracking.run-queued</c> when it waits in this queue already.</returns>
    public Task<Result<Run>> EnqueueAsync(
        Caller caller,
        RunId run,
        QueueChoice choice,
        StatusChange change,
        CancellationToken ct
    ) =>
        WriteAsync(
            caller,
            async db =>
            {
                var found = await RunHead.FindForChangeAsync(db, caller, run);
                if (!found.TryGet(out var head, out var error))
                {
                    return error;
                }

                var chosen = await ChooseAsync(db, caller, choice);
                if (!chosen.TryGet(out var queue, out var unknown))
                {
                    return unknown;
                }

                await db.TellAsync(caller, new("run.enqueue", $"{run}", queue.Name), clock.GetUtcNow());
                return await EnqueueAsync(db, caller, head, queue, change);
            },
            ct
        );

    /// <summary>
    /// Takes a run out of its queue. One that is queued or in progress goes to <paramref name="change"/>'s status, or to the
    /// one that it had before; any other stays as it is.
    /// </summary>
    /// <param name="to">The status to go to; null for the one before.</param>
    public Task<Result<Dequeued>> DequeueAsync(
        Caller caller,
        RunId run,
        RunStatus? to,
        string reason,
        string message,
        CancellationToken ct
    ) =>
        WriteAsync(
            caller,
            async db =>
            {
                var now = clock.GetUtcNow();
                var entry = await QueueEntries.FindAsync(db, run);
                if (entry is not null)
                {
                    await QueueEntries.RemoveAsync(db, entry, now);
                    await db.TellAsync(caller, new("run.dequeue", $"{run}"), now);
                }

                var status = await StatusOfAsync(db, run);
                if (status is not (RunStatus.Queued or RunStatus.InProgress))
                {
                    return (Result<Dequeued>)new Dequeued(entry is not null, null);
                }

                var change = new StatusChange(to ?? Before(entry)) { Reason = reason, Message = message };
                await StatusChanges.WriteAsync(db, run, status.Value, change, now, caller.Name);
                return new Dequeued(entry is not null, await RunReader.GetAsync(db, run, RunParts.None));
            },
            ct
        );

    /// <summary>Puts a run at the end of a queue, and leaves its status as it is.</summary>
    public Task<Result<Unit>> AddAsync(Caller caller, QueueId queue, RunId run, CancellationToken ct) =>
        WriteAsync(
            caller,
            async db =>
            {
                if (await QueueRow.FindAsync(db, queue) is not { } row)
                {
                    return Errors.NoSuchQueue(queue.ToString());
                }

                var found = await RunHead.FindForChangeAsync(db, caller, run);
                if (!found.TryGet(out var head, out var error))
                {
                    return error;
                }

                await db.TellAsync(caller, new("run.enqueue", $"{run}", row.Name), clock.GetUtcNow());
                return (await PlaceAsync(db, head, row)).Select(_ => Unit.Value);
            },
            ct
        );

    /// <summary>Takes a run out of this queue.</summary>
    /// <param name="restoreStatus">A queued run is again what it was before.</param>
    public Task<Result<Unit>> RemoveAsync(
        Caller caller,
        QueueId queue,
        RunId run,
        bool restoreStatus,
        CancellationToken ct
    ) =>
        OnEntryAsync(
            caller,
            queue,
            run,
            async (db, entry) =>
            {
                await (
                    restoreStatus
                        ? QueueEntries.SendBackAsync(db, caller, entry, clock.GetUtcNow())
                        : QueueEntries.RemoveAsync(db, entry, clock.GetUtcNow())
                );
                await db.TellAsync(caller, new("run.dequeue", $"{run}"), clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );

    /// <summary>Empties a queue; the runs are again what they were before.</summary>
    /// <returns>The runs that waited.</returns>
    public Task<Result<IReadOnlyList<RunId>>> ClearAsync(Caller caller, QueueId queue, CancellationToken ct) =>
        WriteAsync(
            caller,
            async db =>
            {
                if (await QueueRow.FindAsync(db, queue) is null)
                {
                    return Errors.NoSuchQueue(queue.ToString());
                }

                var waiting = await QueueEntries.ListAsync(db, queue);
                foreach (var entry in waiting)
                {
                    await QueueEntries.SendBackAsync(db, caller, entry, clock.GetUtcNow());
                }

                await db.TellAsync(caller, new("queue.clear", $"{queue}"), clock.GetUtcNow());
                return (Result<IReadOnlyList<RunId>>)waiting.Select(entry => entry.RunId).ToArray();
            },
            ct
        );

    /// <summary>
    /// Hands out the next run, which then waits no more; null when none waits. <c>tracking.queue-placed</c> of a queue of which the
    /// runs are placed: whoever places them hands them out.
    /// </summary>
    /// <param name="only">Nothing is handed out unless this run is the next one; null for any.</param>
    public async Task<Result<TakenRun?>> TakeAsync(Caller caller, QueueId queue, RunId? only, CancellationToken ct)
    {
        // Most questions come while nothing waits: they cost no writer.
        var next = await ReadAsync(caller, queue, async (db, row) => await FirstToTakeAsync(db, row), ct);
        return next is { IsOk: true, Value: { } entry } && (only ?? entry.Run) == entry.Run
            ? await WriteAsync(caller, db => TakeAsync(db, caller, queue, only), ct)
            : next.Select(_ => (TakenRun?)null);
    }

    /// <summary>The next run; it goes on waiting. Null when none waits.</summary>
    public Task<Result<QueueEntry?>> PeekAsync(Caller caller, QueueId queue, CancellationToken ct) =>
        ReadAsync<QueueEntry?>(
            caller,
            queue,
            async (db, _) => (await QueueEntries.FirstAsync(db, queue))?.ToEntry(),
            ct
        );

    public Task<Result<long>> CountAsync(Caller caller, QueueId queue, CancellationToken ct) =>
        ReadAsync<long>(
            caller,
            queue,
            async (db, _) => await QueueEntries.CountBeforeAsync(db, queue, long.MaxValue),
            ct
        );

    /// <summary>How many wait in each of the queues in which some do.</summary>
    public Task<Result<IReadOnlyDictionary<QueueId, long>>> CountAsync(
        Caller caller,
        IReadOnlyList<QueueId> queues,
        CancellationToken ct
    ) =>
        caller.MayUseQueues() is { } refused
            ? Task.FromResult<Result<IReadOnlyDictionary<QueueId, long>>>(refused)
            : database.ReadAsync(async db => Result.Ok(await QueueEntries.CountAsync(db, queues)), ct);

    /// <summary>Moves a run in its queue.</summary>
    /// <param name="count">By how many entries, forward and backward.</param>
    /// <returns>How many are before it now.</returns>
    public Task<Result<long>> MoveAsync(
        Caller caller,
        QueueId queue,
        RunId run,
        QueueMove move,
        long count,
        CancellationToken ct
    ) =>
        OnEntryAsync(
            caller,
            queue,
            run,
            async (db, entry) =>
            {
                var before = await order.MoveAsync(db, entry, move, count);
                await db.TellAsync(caller, new("run.move", $"{run}", $"{before} before it"), clock.GetUtcNow());
                return before;
            },
            ct
        );

    private static RunStatus Before(EntryRow? entry) =>
        entry is null ? RunStatus.Created : StatusText.Parse(entry.StatusBefore);

    /// <summary>The status of a run whose end a client decides; null of any other, and of none.</summary>
    private static async Task<RunStatus?> StatusOfAsync(DbRead db, RunId run) =>
        await db.FirstOrDefaultAsync<string>("SELECT status FROM run WHERE id = @run AND owner = 'client'", new { run })
            is { } status
            ? StatusText.Parse(status)
            : null;

    private static async Task<Result<QueueEntry?>> FirstToTakeAsync(DbRead db, QueueRow queue) =>
        queue.Placed ? Errors.QueuePlaced(queue.Name) : (await QueueEntries.FirstAsync(db, queue.Id))?.ToEntry();

    private async Task<Result<TakenRun?>> TakeAsync(DbWrite db, Caller caller, QueueId queue, RunId? only)
    {
        var isNext = only is not { } run || (await QueueEntries.FirstAsync(db, queue))?.RunId == run;
        var now = clock.GetUtcNow();
        if (!isNext || await QueueEntries.TakeFirstAsync(db, queue, now) is not { } entry)
        {
            return (TakenRun?)null;
        }

        return await TakenRuns.HandOutAsync(db, entry, now, caller.Name);
    }

    private async Task<Result<QueueRow>> ChooseAsync(DbWrite db, Caller caller, QueueChoice choice)
    {
        switch (choice)
        {
            case QueueChoice.ById { Id: var id }:
                return await QueueRow.FindAsync(db, id) is { } known ? known : Errors.NoSuchQueue(id.ToString());
            case QueueChoice.ByName { Name: var name }:
                if (await QueueRow.FindAsync(db, name) is { } named)
                {
                    return named;
                }

                var made = await Queues.InsertAsync(db, caller, new(name), clock.GetUtcNow(), ids);
                return await QueueRow.FindAsync(db, made) is { } row ? row : Errors.NoSuchQueue(name);
            default:
                return await Queues.FindDefaultAsync(db);
        }
    }

    private async Task<Result<Run>> EnqueueAsync(
        DbWrite db,
        Caller caller,
        RunHead head,
        QueueRow queue,
        StatusChange change
    )
    {
        var from = StatusText.Parse(head.Status);
        if (from != RunStatus.Queued && !change.Force && !StatusMachine.Allows(from, RunStatus.Queued))
        {
            return Errors.StatusForbidden(head.Id, head.Status, RunStatus.Queued.ToText());
        }

        if ((await PlaceAsync(db, head, queue)).Error is { } refused)
        {
            return refused;
        }

        await StatusChanges.WriteAsync(
            db,
            head.Id,
            from,
            change with
            {
                To = RunStatus.Queued,
            },
            clock.GetUtcNow(),
            caller.Name
        );
        return await RunReader.GetAsync(db, head.Id, RunParts.None);
    }

    private async Task<Result<Unit>> PlaceAsync(DbWrite db, RunHead head, QueueRow queue)
    {
        if (head.IsOfJob)
        {
            return Errors.RunOfJob(head.Id, "queued");
        }

        var now = clock.GetUtcNow();
        var old = await QueueEntries.FindAsync(db, head.Id);
        if (old?.QueueId == queue.Id)
        {
            return Errors.RunQueued(head.Id, queue.Name);
        }

        if (old is not null)
        {
            await QueueEntries.RemoveAsync(db, old, now);
        }

        await QueueEntries.AddAsync(db, head.Id, queue.Id, old?.StatusBefore ?? head.Status, now);
        await db.ExecuteAsync(
            "UPDATE run SET queue_id = @queue, lost = 0 WHERE id = @run",
            new { run = head.Id, queue = queue.Id }
        );
        db.Announce(Topics.Run(head.Id));
        if (queue.Placed)
        {
            db.Announce(Topics.PlacedQueues);
        }

        return Unit.Value;
    }

    private Task<Result<T>> OnEntryAsync<T>(
        Caller caller,
        QueueId queue,
        RunId run,
        Func<DbWrite, EntryRow, Task<T>> change,
        CancellationToken ct
    ) =>
        WriteAsync(
            caller,
            async db =>
                await QueueEntries.FindAsync(db, run) is { } entry && entry.QueueId == queue
                    ? await change(db, entry)
                    : (Result<T>)Errors.RunNotQueued(run, queue),
            ct
        );

    private Task<Result<T>> ReadAsync<T>(
        Caller caller,
        QueueId queue,
        Func<DbRead, QueueRow, Task<Result<T>>> read,
        CancellationToken ct
    ) =>
        caller.MayUseQueues() is { } refused
            ? Task.FromResult<Result<T>>(refused)
            : database.ReadAsync(
                async db =>
                    await QueueRow.FindAsync(db, queue) is { } row
                        ? await read(db, row)
                        : Errors.NoSuchQueue(queue.ToString()),
                ct
            );

    private Task<Result<T>> WriteAsync<T>(Caller caller, Func<DbWrite, Task<Result<T>>> write, CancellationToken ct) =>
        caller.MayUseQueues() is { } refused ? Task.FromResult<Result<T>>(refused) : database.WriteAsync(write, ct);
}

/// <summary>What became of a run that was to leave its queue.</summary>
/// <param name="WasWaiting">It was in a queue.</param>
/// <param name="Changed">The run with its new status; null when its status stayed as it was.</param>
public sealed record Dequeued(bool WasWaiting, Run? Changed);

/// <summary>A run that was handed out, and whose it is.</summary>
public sealed record TakenRun(QueueEntry Entry, string User);
