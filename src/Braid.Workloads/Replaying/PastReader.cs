using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Tracking.Queues;
using Braid.Workloads.Placement;
using Braid.Workloads.Queued;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Replaying;

/// <summary>Reads from rows what became of work. What is suspended, refused, or of shares that are gone, is left out.</summary>
internal sealed class PastReader(SnapshotMaker snapshots, PastRows rows)
{
    private readonly Dictionary<string, Share> shares = rows
        .Now.Shares.Select(row => row.ToShare())
        .ToDictionary(share => share.Name, StringComparer.Ordinal);

    private readonly Dictionary<QueueId, string> queues = rows.Now.Queues.ToDictionary(
        queue => queue.Id,
        queue => queue.Name
    );

    /// <summary>The memory of the smallest device, in which GPU memory is counted.</summary>
    private readonly long leastGpuBytes = rows
        .Now.Nodes.SelectMany(node => node.ReadMachine().Gpus)
        .Select(gpu => gpu.MemoryBytes)
        .DefaultIfEmpty()
        .Min();

    public IReadOnlyList<PastWork> Read() =>
        [
            .. rows
                .Workloads.Where(row => row.ReadState() != WorkloadState.Suspended && shares.ContainsKey(row.Share))
                .Where(row => Refusal.Of(row) is null)
                .Select(Read)
                .OfType<PastWork>(),
        ];

    private PastWork? Read(WorkloadRow row)
    {
        var places = rows.Replicas[row.Id].ToDictionary(SnapshotMaker.IdOf, StringComparer.Ordinal);
        var asNew = row with { Suspended = false, Started = null, LastStart = null, StaleSince = null, Status = "" };
        if (snapshots.MakeNew(asNew, shares[row.Share], PlaceOf(row, places.Values)) is not { } work)
        {
            return null;
        }

        var parts = work
            .Groups.SelectMany(group => group.Replicas)
            .Select(replica => WorkloadFacts.NeedOf(replica.Request, leastGpuBytes));
        return PastWork.Of(row, work, [.. rows.Events[row.Id]], WorkloadFacts.Sum(parts), places);
    }

    /// <summary>A queued run takes again what it had, on machines that serve its queue.</summary>
    private QueuePlace? PlaceOf(WorkloadRow row, IReadOnlyCollection<ReplicaRow> replicas)
    {
        if (row.QueueId is not { } queue || !queues.TryGetValue(queue, out var name))
        {
            return null;
        }

        var had = replicas.FirstOrDefault(replica => replica.Node is not null);
        return QueuePlaces.Again(name, had?.ReadDevices().Count ?? 0, WorkerNodes.IsWorker(had?.Node), row.Created);
    }
}
