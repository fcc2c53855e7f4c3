using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Workers;
using Braid.Workloads.Keeping;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>Who asks for a run. Workers do not say their name when they ask.</summary>
/// <param name="Address">Where the question comes from.</param>
/// <param name="Host">What the client calls its machine; empty when it does not say.</param>
public sealed record AskingWorker(string Address, string Host);

/// <summary>
/// Where workers that are not ours come for runs. A queue of which the runs are not placed hands out its next one; any other hands out
/// what has a place at whoever asks, or at a worker with as many GPUs.
/// </summary>
public sealed class QueueDesk
{
    /// <summary>From the few that hold a place, not from the many that wait: agents ask all the time.</summary>
    private const string boundHere = $"""
        FROM replica r CROSS JOIN workload w
        WHERE r.workload_id IN (SELECT h.workload_id FROM replica h WHERE h.{ReplicaRow.IsHeld}) AND r.state = 'bound'
          AND w.id = r.workload_id AND w.queue_id = @queue AND w.ended IS NULL
        """;

    private readonly Database database;
    private readonly WaitingRuns waiting;
    private readonly PlacedQueues queues;
    private readonly WorkKeeper keeper;
    private readonly TimeProvider clock;

    internal QueueDesk(
        Database database,
        WaitingRuns waiting,
        PlacedQueues queues,
        WorkKeeper keeper,
        TimeProvider clock
    )
    {
        this.database = database;
        this.waiting = waiting;
        this.queues = queues;
        this.keeper = keeper;
        this.clock = clock;
    }

    /// <summary>Hands out a run, which then waits no more; null when there is none for who asks.</summary>
    /// <param name="only">Nothing is handed out but this run; null for any.</param>
    public async Task<Result<TakenRun?>> TakeAsync(
        Caller caller,
        QueueId queue,
        RunId? only,
        AskingWorker worker,
        CancellationToken ct
    )
    {
        var taken = await waiting.TakeAsync(caller, queue, only, ct);
        if (taken.Error?.Code != PlacedCode)
        {
            return taken;
        }

        // Most questions come while there is nothing to hand out: they cost no writer.
        return await database.ReadAsync(db => BoundAsync(db, queue), ct) is { Count: > 0 }
            ? await database.WriteAsync(async db => Result.Ok(await TakeAsync(db, queue, only, worker)), ct)
            : (TakenRun?)null;
    }

    /// <summary>
    /// Somebody who may end a run wants it to end: one that gives up its place, and would go back to its queue, goes nowhere. Any other
    /// is followed as it stands.
    /// </summary>
    /// <returns>It gave up its place, and has ended now.</returns>
    public async Task<bool> AbortAsync(Caller caller, RunId run, CancellationToken ct)
    {
        if (await database.ReadAsync(db => LeavingAsync(db, run), ct) is null)
        {
            return false;
        }

        return await database.WriteAsync(
            async db =>
            {
                if (await LeavingAsync(db, run) is not { } row)
                {
                    return false;
                }

                await keeper.EndAsync(db, row, WorkloadState.Stopped, $"stopped by {caller.Name}");
                await db.TellAsync(caller, new("run.stop", $"{run}"), database.Clock.GetUtcNow());
                return true;
            },
            ct
        );
    }

    private static async Task<WorkloadRow?> LeavingAsync(DbRead db, RunId run) =>
        await WorkloadRow.FindAsync(db, run) is { Ended: null, QueueId: not null } row
        && (await ReplicaRow.OfAsync(db, run)).Any(replica => replica.ReadState() == ReplicaState.Releasing)
            ? row
            : null;

    private static string PlacedCode { get; } = Tracking.Errors.QueuePlaced("").Code;

    private static async Task<IReadOnlyList<ReplicaRow>> BoundAsync(DbRead db, QueueId queue) =>
        [
            .. (
                await db.QueryAsync<ReplicaRow>(
                    $"SELECT {ReplicaRow.Columns} {boundHere} ORDER BY r.placed, r.workload_id",
                    new { queue }
                )
            ).Where(row => WorkerNodes.IsWorker(row.Node)),
        ];

    private async Task<TakenRun?> TakeAsync(DbWrite db, QueueId queue, RunId? only, AskingWorker asking)
    {
        var bound = (await BoundAsync(db, queue)).Where(row => only is null || row.WorkloadId == only).ToList();
        var workers = (await PlacedQueues.WorkersAsync(db)).Where(worker => MayBe(worker, asking, queue)).ToList();
        var busy = await ReplicaRow.NodesAsync(db);
        foreach (
            var worker in workers
                .OrderByDescending(worker => IsOn(worker, asking.Host))
                .ThenBy(one => one.Name, StringComparer.Ordinal)
        )
        {
            if (
                Choose(bound, busy, worker) is { } replica
                && await queues.TakeAsync(db, queue, replica.WorkloadId) is { } run
            )
            {
                await HandOutAsync(db, replica, worker);
                return run;
            }
        }

        return null;
    }

    /// <summary>It listens to the queue, does nothing, and is where the question comes from.</summary>
    private bool MayBe(Worker worker, AskingWorker asking, QueueId queue) =>
        worker.Run is null
        && worker.Queues.Contains(queue)
        && worker.Address == asking.Address
        && WorkerNodes.IsReady(worker, clock.GetUtcNow());

    private static bool IsOn(Worker worker, string host) =>
        host.Length > 0 && (worker.Name == host || worker.Name.StartsWith(host + ":", StringComparison.Ordinal));

    /// <summary>What has its place there; else, if it holds nothing, what has one at a worker with as many GPUs.</summary>
    /// <param name="busy">The nodes where something holds a place.</param>
    private static ReplicaRow? Choose(List<ReplicaRow> bound, IReadOnlySet<string> busy, Worker worker)
    {
        var node = WorkerNodes.NameOf(worker.Name);
        return busy.Contains(node)
            ? bound.Find(row => row.Node == node)
            : bound.Find(row => row.ReadDevices().Count == worker.Gpus);
    }

    private async Task HandOutAsync(DbWrite db, ReplicaRow replica, Worker worker)
    {
        var now = clock.GetUtcNow();
        await ReplicaRow.UpdateAsync(
            db,
            replica with
            {
                State = ReplicaRow.ToText(ReplicaState.Running),
                Node = WorkerNodes.NameOf(worker.Name),
                Started = now,
            }
        );
        await WorkloadEvents.AddAsync(db, replica.WorkloadId, now, "HandedOut", $"to {worker.Name}");
        if (await WorkloadRow.FindAsync(db, replica.WorkloadId) is { } row)
        {
            await keeper.KeepAsync(db, row);
        }
    }
}
