using Braid.Scheduling.Snapshots;
using Braid.Workloads.Kinds;
using Braid.Workloads.Placement;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;
using Replica = Braid.Scheduling.Snapshots.Replica;
using ReplicaState = Braid.Scheduling.Snapshots.ReplicaState;
using Workload = Braid.Scheduling.Snapshots.Workload;

namespace Braid.Workloads.Queued;

/// <summary>A queued run in the words of scheduling: what it has where it is, or takes where it may go.</summary>
/// <param name="place">Where it may go; null when it waits in no queue.</param>
internal sealed class QueuedRequests(QueuedWork work, WorkloadRow row, Share share, QueuePlace? place)
{
    public Workload Make(IEnumerable<ReplicaRow> replicas) =>
        new(
            row.Id,
            row.Name,
            share.Id,
            [.. work.Groups.Select(group => new Group(group.Name, group.Min, [.. replicas.Select(Of)]))]
        )
        {
            Priority = work.Priority,
            Preemptible = work.IsPreemptible,
            CreatedAt = place?.Since ?? row.Created,
            IsSuspended = row.Suspended,
            Pools = [WorkerNodes.Pool, .. share.Terms.NodePools.DefaultIfEmpty(Node.DefaultPool)],
            LastStart = row.LastStart,
            StaleSince = row.StaleSince,
        };

    private Replica Of(ReplicaRow replica)
    {
        var isHeld = Releasing.IsHeld(replica);
        // Who has left its queue without a place is about to be noticed.
        var state = isHeld || place is not null ? SnapshotMaker.StateOf(replica) : ReplicaState.Gated;
        var promise = replica.ReadPromise();
        return new(SnapshotMaker.IdOf(replica), (int)replica.Place, RequestOf(replica, isHeld), state)
        {
            Node = replica.Node ?? promise?.Node,
            Gpus = isHeld ? replica.ReadDevices() : promise?.Gpus ?? [],
            Rules =
                isHeld || place is null ? new() { Tolerations = [new(WorkerNodes.Kind)] } : QueuePlaces.RulesOf(place),
        };
    }

    private ReplicaRequest RequestOf(ReplicaRow replica, bool isHeld)
    {
        if (WorkerNodes.IsWorker(isHeld ? replica.Node : null) || place?.Gpus is not null)
        {
            var gpus = isHeld ? replica.ReadDevices().Count : place?.Gpus ?? 0;
            return new(0, 0) { Gpu = gpus > 0 ? new GpuRequest.Whole(gpus) : GpuRequest.Nothing };
        }

        return work.RequestOn(
            isHeld ? replica.ReadDevices().Count
            : work.Gpus > 0 ? work.Gpus
            : place?.Usual ?? 0
        );
    }
}
