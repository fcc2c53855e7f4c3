using Braid.Primitives;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Explaining;

/// <summary>Copies of snapshots with one thing changed.</summary>
internal static class Edit
{
    public static Snapshot Workload(Snapshot snapshot, RunId id, Func<Workload, Workload> change) =>
        snapshot with
        {
            Workloads = [.. snapshot.Workloads.Select(workload => workload.Id == id ? change(workload) : workload)],
        };

    public static Snapshot Groups(Snapshot snapshot, RunId id, Func<Group, Group> change) =>
        Workload(snapshot, id, workload => workload with { Groups = [.. workload.Groups.Select(change)] });

    public static Snapshot Rules(Snapshot snapshot, RunId id, Func<NodeRules, NodeRules> change) =>
        Groups(
            snapshot,
            id,
            group =>
                group with
                {
                    Replicas = [.. group.Replicas.Select(replica => replica with { Rules = change(replica.Rules) })],
                }
        );

    public static Snapshot Nodes(Snapshot snapshot, Func<Node, Node> change) =>
        snapshot with
        {
            Nodes = [.. snapshot.Nodes.Select(change)],
        };

    public static Snapshot Queue(
        Snapshot snapshot,
        string name,
        ResourceKind kind,
        Func<Allowance, Allowance> change
    ) =>
        snapshot with
        {
            Queues = [.. snapshot.Queues.Select(queue => queue.Name == name ? Change(queue, kind, change) : queue)],
        };

    private static Queue Change(Queue queue, ResourceKind kind, Func<Allowance, Allowance> change) =>
        kind switch
        {
            ResourceKind.Cpu => queue with { Cpu = change(queue.Cpu) },
            ResourceKind.Memory => queue with { Memory = change(queue.Memory) },
            _ => queue with { Gpu = change(queue.Gpu) },
        };
}
