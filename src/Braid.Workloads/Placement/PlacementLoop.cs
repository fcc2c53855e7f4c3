using Braid.Metadata;
using Braid.Metadata.Leases;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Workloads.Placement;

/// <summary>
/// One server at a time: 1 reads how everything stands; 2 decides, purely; 3 does it. It looks again when something changed
/// that may let a workload start.
/// </summary>
internal sealed class PlacementLoop(
    Database database,
    DatabaseLease lease,
    SnapshotMaker snapshots,
    Placer placer,
    Func<Snapshot, Decisions> decide,
    TimeProvider clock
)
{
    /// <summary>Workloads of which the steps are taken in one transaction.</summary>
    private const int atOnce = 50;

    /// <returns>True when something stood otherwise than it was read.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (!await lease.TakeAsync(ct))
        {
            return false;
        }

        // 1
        var rows = await database.ReadAsync(ClusterRows.ReadAsync, ct);
        if (rows.Workloads.Count == 0)
        {
            return false;
        }

        // 2
        var decisions = decide(snapshots.Make(rows, Policy.Default, clock.GetUtcNow()));

        // 3
        var isAsSeen = await WriteAsync(db => NoteAsync(db, rows, decisions), ct);
        var seen = rows.Replicas.ToDictionary(SnapshotMaker.IdOf, StringComparer.Ordinal);
        var steps = decisions.Steps.Where(step => step is not Decision.Promise).GroupBy(step => step.Workload);
        foreach (var some in steps.Chunk(atOnce))
        {
            isAsSeen &= await WriteAsync(db => placer.DoAsync(db, seen, some), ct);
        }

        return !isAsSeen;
    }

    private static async Task<bool> NoteAsync(DbWrite db, ClusterRows rows, Decisions decisions)
    {
        await Placer.NoteAsync(db, rows, decisions);
        return true;
    }

    /// <summary>Writes only as long as no other server places: it may have been told so while this one hung.</summary>
    private Task<bool> WriteAsync(Func<DbWrite, Task<bool>> write, CancellationToken ct) =>
        database.WriteAsync(async db => await lease.IsHeldAsync(db) && await write(db), ct);
}
