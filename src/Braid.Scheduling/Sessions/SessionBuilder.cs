using Braid.Primitives;
using Braid.Scheduling.Fitting;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>
/// Opens a session on a snapshot: sorts everything by what does not depend on the order it came in, puts replicas on their
/// nodes, adds up what queues have and ask for, and shares out.
/// </summary>
internal sealed class SessionBuilder
{
    private readonly Snapshot snapshot;
    private readonly NamedResources names = new();
    private readonly SessionNode[] nodes;
    private readonly Dictionary<string, SessionNode> nodesByName;
    private readonly QueueTree queues;
    private readonly DemandTable demands;

    private SessionBuilder(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        nodes =
        [
            .. snapshot
                .Nodes.OrderBy(node => node.Name, StringComparer.Ordinal)
                .Select((node, index) => new SessionNode(node, index, names)),
        ];
        nodesByName = nodes.ToDictionary(node => node.Source.Name, StringComparer.Ordinal);
        queues = new(snapshot.Queues);
        demands = new(nodes, names);
    }

    public static Session Open(Snapshot snapshot)
    {
        var builder = new SessionBuilder(snapshot);
        SessionWorkload[] workloads =
        [
            .. snapshot
                .Workloads.OrderBy(workload => workload.CreatedAt)
                .ThenBy(workload => workload.Id)
                .Select(builder.Enrol),
        ];
        builder.Place(workloads);
        var session = new Session(snapshot, builder.nodes, builder.queues, workloads, builder.demands, builder.names);
        foreach (var queue in builder.queues.All)
        {
            queue.AllocatedAtStart = queue.Allocated;
            queue.NonPreemptibleAtStart = queue.AllocatedNonPreemptible;
            Request(queue, queue.Source.Behind);
        }

        builder.queues.ShareOut(session.Total, snapshot.Policy.PastUsageFactor);
        return session;
    }

    private SessionWorkload Enrol(Workload source, int rank)
    {
        var workload = new SessionWorkload(source, queues.Find(source.Queue), rank, PriorityOf(source));
        var groups = GroupsOf(source, workload);
        foreach (var group in groups)
        {
            group.Replicas = [.. Sorted(group.Source).Select((replica, at) => Enrol(replica, group, at))];
        }

        if (!Array.Exists(groups, group => group.Source.Parent is not null))
        {
            (workload.Groups, workload.Roots) = (groups, groups);
            return workload;
        }

        foreach (var group in groups)
        {
            Array.Find(groups, other => other.Source.Name == group.Source.Parent)?.Parts.Add(group);
        }

        workload.Groups = [.. groups.Where(group => group.Parts.Count == 0)];
        workload.Roots = [.. groups.Where(group => !Array.Exists(groups, other => other.Parts.Contains(group)))];
        return workload;
    }

    private static SessionGroup[] GroupsOf(Workload source, SessionWorkload workload) =>
        source.Groups.Count == 1
            ? [new(source.Groups[0], workload)]
            :
            [
                .. source
                    .Groups.OrderBy(group => group.Name, StringComparer.Ordinal)
                    .Select(group => new SessionGroup(group, workload)),
            ];

    /// <summary>Waiting adds one for each step of time, where policy says so.</summary>
    private int PriorityOf(Workload source) =>
        snapshot.Policy.AgingStep is { Ticks: > 0 } step && source.LastStart is null
            ? source.Priority + (int)Math.Clamp((snapshot.Now - source.CreatedAt) / step, 0, 1_000_000)
            : source.Priority;

    private static IEnumerable<Replica> Sorted(Group group) =>
        group.Replicas.Count == 1
            ? group.Replicas
            : group
                .Replicas.OrderByDescending(replica => replica.IsLeader)
                .ThenByDescending(replica => replica.Priority ?? long.MinValue)
                .ThenBy(replica => replica.Index)
                .ThenBy(replica => replica.Id, StringComparer.Ordinal);

    private SessionReplica Enrol(Replica source, SessionGroup group, int rank)
    {
        var node = source.Node is null ? null : nodesByName.GetValueOrDefault(source.Node);
        var isPending = source.State is ReplicaState.Pending or ReplicaState.Promised;
        group.Count(ReplicaState.Pending, 1);
        return new(source, group, demands.Of(source), rank)
        {
            StateAtStart = isPending ? ReplicaState.Pending : source.State,
            State = isPending ? ReplicaState.Pending : source.State,
            Nominated = isPending ? node : null,
            NominatedGpus = isPending ? NominatedOf(source) : [],
            Held = source.State.IsAllocated() || source.State == ReplicaState.Releasing ? node : null,
        };
    }

    private static int[] NominatedOf(Replica source) =>
        source.Gpus.Count == 0 ? [] : [.. source.Gpus.Distinct().Where(gpu => gpu >= 0).Order()];

    private void Place(SessionWorkload[] workloads)
    {
        var holders = workloads
            .SelectMany(workload => workload.Replicas)
            .Where(replica => replica.Held is not null)
            .ToList();
        foreach (var replica in holders.OrderBy(replica => replica.Source.Gpus.Count == 0))
        {
            Hold(replica, replica.Held!);
        }

        foreach (var workload in workloads)
        {
            Account(workload);
        }
    }

    /// <summary>Those that say which devices they have come first; the others are given what is left.</summary>
    private static void Hold(SessionReplica replica, SessionNode node)
    {
        var known = replica.Source.Gpus.Where(gpu => gpu >= 0 && gpu < node.DeviceFree.Length).ToArray();
        replica.HeldGpus = known.Length > 0 ? known : Devices.Pick(node, replica.Demand, Placement.BinPack)?.Gpus ?? [];
        node.ChangeFree(replica.Demand, replica.HeldGpus, 1);
        if (replica.State != ReplicaState.Releasing)
        {
            node.ChangeFuture(replica.Demand, replica.HeldGpus, 1);
        }
    }

    private static void Account(SessionWorkload workload)
    {
        if (workload.Queue is not { } queue)
        {
            return;
        }

        foreach (var replica in workload.Replicas)
        {
            var isActive = replica.State.IsActive();
            if (isActive)
            {
                queue.Add(replica.Cost, workload.IsPreemptible);
            }

            if (isActive || (replica.State == ReplicaState.Pending && !workload.Source.IsSuspended))
            {
                Request(queue, replica.Cost);
            }
        }
    }

    private static void Request(SessionQueue queue, Resources cost)
    {
        foreach (var above in queue.Path)
        {
            above.Requested = above.Requested.Plus(cost);
        }
    }
}
