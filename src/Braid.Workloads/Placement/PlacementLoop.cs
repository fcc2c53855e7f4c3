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
        var isAsSeen = await database.WriteAsync(db => placer.DoAsync(db, rows, decisions), ct);
        return !isAsSeen;
    }
}
