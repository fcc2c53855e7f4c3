using Braid.Gateway.ClearML;
using Braid.Gateway.ClearML.Datasets;
using Braid.Metadata.Changes;
using Braid.Metadata.Leases;
using Braid.Tracking;

namespace Braid.Server;

/// <summary>Makes commits of ClearML's datasets, on one of the servers of a store.</summary>
internal static class DatasetLoops
{
    /// <summary>How long the work of a server that died waits for another, or for its own next start.</summary>
    private static readonly TimeSpan lease = TimeSpan.FromSeconds(10);

    /// <summary>Looked at when one is completed; the period is for an announcement that was missed, and for a lease that lapsed.</summary>
    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    public static void Start(LoopGroup loops, Stores stores, Rooms rooms, ClearMLRooms door)
    {
        var commits = new DatasetCommits(door, rooms.Datasets, rooms.Data);
        var right = new DatabaseLease(stores.Database, "datasets", $"{stores.Ids.Next()}", lease, stores.Clock);
        loops.Start(
            "datasets",
            async ct => await rooms.Datasets.NextAsync(ct) is not null && await right.HoldAsync(commits.StepAsync, ct),
            period,
            Topics.Datasets
        );
    }
}
