using Braid.Metadata;
using Braid.Metadata.Leases;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Keeping;
using Braid.Workloads.Replicas;

namespace Braid.Workloads.Placement;

/// <summary>
/// One server at a time: 1 reads how everything stands; 2 decides, purely; 3 does it. It looks again when something changed
/// that may let a workload start. A workload with which this cannot be done is left out; the others go on.
/// </summary>
/// <param name="failed">Told what it threw.</param>
internal sealed class PlacementLoop(
    Database database,
    DatabaseLease lease,
    SnapshotMaker snapshots,
    Placer placer,
    Func<Snapshot, Decisions> decide,
    TimeProvider clock,
    Action<Exception> failed
)
{
    /// <summary>Of the runs of a queue that need the same, besides as many as there may be places: so many are looked at.</summary>
    internal const int MostAlike = 50;

    /// <summary>Workloads of which the steps are taken in one transaction: few enough that an agent that asks does not wait long behind it.</summary>
    private const int atOnce = 16;

    private readonly LeftOut leftOut = new(clock);

    private readonly WaitNotes waits = new();

    /// <summary>How many were refused last: so many more are looked at, or they would keep those behind them from being seen.</summary>
    private int refusals;

    /// <returns>True when something stood otherwise than it was read, or there is more to place.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (!await lease.TakeAsync(ct))
        {
            return false;
        }

        // 1
        var most = MostAlike + leftOut.Count + refusals;
        var rows = (await database.ReadAsync(db => ClusterRows.ReadHeadsAsync(db, most), ct)).Without(leftOut.Contains);
        if (rows.Workloads.Count == 0)
        {
            return false;
        }

        // 2
        var (decisions, refused) = await DecideAsync(rows);
        refusals = refused.Count;

        // 3
        var isAsSeen = await NoteAsync(rows, decisions, refused, ct);
        var seen = rows.Replicas.ToDictionary(SnapshotMaker.IdOf, StringComparer.Ordinal);
        var steps = decisions
            .Steps.Where(step => step is not Decision.Promise && !leftOut.Contains(step.Workload))
            .GroupBy(step => step.Workload);
        foreach (var some in steps.Chunk(atOnce))
        {
            isAsSeen &= await DoAsync(seen, some, ct);
        }

        return !isAsSeen || IsMore(rows, decisions);
    }

    /// <summary>The last one that was looked at has a place, and there are more of its kind.</summary>
    private static bool IsMore(ClusterRows rows, Decisions decisions)
    {
        var last = rows.Queues.SelectMany(queue => queue.Rests).Select(rest => rest.Like).ToHashSet();
        return decisions.Steps.Any(step => step is Decision.Bind && last.Contains(step.Workload));
    }

    /// <summary>When deciding throws, those for which it does so alone are refused and left out, and it is decided on the others.</summary>
    private async Task<(Decisions Decisions, IReadOnlyList<Refusal> Refused)> DecideAsync(ClusterRows rows)
    {
        var now = clock.GetUtcNow();
        var made = snapshots.Make(rows, Policy.Default, now, []);
        try
        {
            return (decide(made.Snapshot), made.Refused);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var refused = await RefusedAsync(made.Snapshot);
            if (refused.Count == 0)
            {
                throw;
            }

            made = snapshots.Make(rows, Policy.Default, now, [.. made.Refused, .. refused]);
            return (decide(made.Snapshot), made.Refused);
        }
    }

    private async Task<IReadOnlyList<Refusal>> RefusedAsync(Snapshot snapshot)
    {
        var refused = new List<Refusal>();
        foreach (var workload in snapshot.Workloads)
        {
            await leftOut.TryAsync(
                workload.Id,
                () =>
                {
                    decide(snapshot with { Workloads = [workload] });
                    return Task.CompletedTask;
                },
                error =>
                {
                    failed(error);
                    refused.Add(Refusal.Of(workload.Id, error.InnerException ?? error));
                }
            );
        }

        return refused;
    }

    /// <summary>What throws for many is done one by one, to find out whose fault it is.</summary>
    private async Task<bool> DoAsync(
        Dictionary<string, ReplicaRow> seen,
        IReadOnlyList<IGrouping<RunId, Decision>> some,
        CancellationToken ct
    )
    {
        try
        {
            return await WriteAsync(db => placer.DoAsync(db, seen, some), ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var isAsSeen = true;
            foreach (var one in some)
            {
                await leftOut.TryAsync(
                    one.Key,
                    async () => isAsSeen &= await WriteAsync(db => placer.DoAsync(db, seen, [one]), ct),
                    failed
                );
            }

            return isAsSeen;
        }
    }

    private async Task<bool> NoteAsync(
        ClusterRows rows,
        Decisions decisions,
        IReadOnlyList<Refusal> refused,
        CancellationToken ct
    )
    {
        var now = clock.GetUtcNow();
        var due = waits.Due(rows, decisions, now);
        var isPlacer = await WriteAsync(
            async db =>
            {
                await Placer.NoteAsync(db, rows, decisions, due);
                foreach (var refusal in refused)
                {
                    await refusal.NoteAsync(db, now);
                }

                return true;
            },
            ct
        );
        if (isPlacer)
        {
            waits.Keep(due, decisions, now);
        }

        return isPlacer;
    }

    /// <summary>Writes only as long as no other server places: it may have been told so while this one hung.</summary>
    private Task<bool> WriteAsync(Func<DbWrite, Task<bool>> write, CancellationToken ct) =>
        database.WriteAsync(async db => await lease.IsHeldAsync(db) && await write(db), ct);
}
