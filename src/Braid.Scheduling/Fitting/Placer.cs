using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>
/// Places replicas of a workload that go together, all or none:
/// <code>
/// 1. the queues above must have room; what was promised before is kept where it can be; else
/// 2. pool by pool, and in each one set of nodes of the topology after the other,
/// 3. each group, its parts first, within the sets that its own topology allows,
/// 4. each replica gets the best node that fits: bound when it is free, promised when it will be;
/// 5. when a group got promises for what it must have, all that was bound for the workload waits with it.
/// </code>
/// What does not lead to the end is taken back.
/// </summary>
internal sealed class Placer
{
    private readonly Session session;
    private readonly Journal journal;
    private readonly NodeChooser chooser;

    public Placer(Session session)
    {
        this.session = session;
        journal = session.Journal;
        chooser = new(session);
        Sets = new(session);
    }

    public NodeSets Sets { get; }

    /// <param name="mayBind">False where everything is only promised, because others have to leave first.</param>
    public bool TryPlace(SessionWorkload workload, TaskSet tasks, bool mayBind)
    {
        return QueueRoom.Has(workload, tasks.Cost) && TryPlaceOnNodes(workload, tasks, mayBind);
    }

    /// <summary>The same, whether or not the queues have room.</summary>
    public bool TryPlaceOnNodes(SessionWorkload workload, TaskSet tasks, bool mayBind)
    {
        if (TryKeepPromises(workload, tasks, mayBind))
        {
            return true;
        }

        foreach (var pool in Sets.PoolsOf(workload))
        {
            foreach (var set in Sets.Within(pool, workload.Source.Topology, workload.Groups, tasks))
            {
                if (TryPlace(workload, tasks, set, mayBind))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The same, wherever their topologies would have them.</summary>
    public bool TryPlaceAnywhere(SessionWorkload workload, TaskSet tasks)
    {
        foreach (var pool in Sets.PoolsOf(workload))
        {
            var checkpoint = journal.Checkpoint;
            if (tasks.Replicas.All(replica => TryPlace(replica, pool, mayBind: false)))
            {
                return true;
            }

            journal.Rollback(checkpoint);
        }

        return false;
    }

    /// <summary>Places one replica alone, wherever it fits.</summary>
    public bool TryPlace(SessionReplica replica, NodeSet set, bool mayBind)
    {
        if (Stays(replica, set))
        {
            journal.Restore(replica);
            return true;
        }

        if (chooser.Choose(replica, set) is not { } choice)
        {
            return false;
        }

        if (!HasRoomOn(choice.Node, replica))
        {
            return false;
        }

        var promised = replica.Nominated == choice.Node ? replica.NominatedGpus : null;
        var placement = session.Policy.GpuPlacement;
        if (Devices.Pick(choice.Node, replica.Demand, placement, promised) is not { } devices)
        {
            return false;
        }

        if (mayBind && choice.IsFree && devices.AreFree)
        {
            journal.Allocate(replica, choice.Node, devices.Gpus);
        }
        else
        {
            journal.Promise(replica, choice.Node, devices.Gpus);
        }

        return true;
    }

    /// <summary>Where an earlier cycle found a place for all of them, they get these again while they can be had.</summary>
    private bool TryKeepPromises(SessionWorkload workload, TaskSet tasks, bool mayBind)
    {
        if (tasks.Replicas.Any(replica => replica.Nominated is null || replica.State != ReplicaState.Pending))
        {
            return false;
        }

        var checkpoint = journal.Checkpoint;
        if (tasks.Replicas.All(replica => TryPlace(replica, new([replica.Nominated!.Index]), mayBind)))
        {
            PostponeHalfBound(workload, tasks);
            return true;
        }

        journal.Rollback(checkpoint);
        return false;
    }

    private bool TryPlace(SessionWorkload workload, TaskSet tasks, NodeSet set, bool mayBind)
    {
        var checkpoint = journal.Checkpoint;
        if (
            workload.HasPartsThatLieTogether
                ? Array.TrueForAll(workload.Roots, root => TryPlace(root, tasks, set, mayBind))
                : TryPlaceAll(tasks, set, mayBind)
        )
        {
            PostponeHalfBound(workload, tasks);
            return true;
        }

        journal.Rollback(checkpoint);
        return false;
    }

    private bool TryPlaceAll(TaskSet tasks, NodeSet set, bool mayBind)
    {
        foreach (var replica in tasks.Replicas)
        {
            if (!TryPlace(replica, set, mayBind))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryPlace(SessionGroup group, TaskSet tasks, NodeSet scope, bool mayBind)
    {
        var leaves = Leaves(group).ToList();
        var own = tasks.Replicas.Where(replica => leaves.Contains(replica.Group)).ToList();
        if (own.Count == 0)
        {
            return true;
        }

        var ownTasks = group.Source.Topology is null ? tasks : TaskSet.Of(own);
        foreach (var set in Sets.Within(scope, group.Source.Topology, leaves, ownTasks))
        {
            var checkpoint = journal.Checkpoint;
            var isPlaced =
                group.Parts.Count > 0
                    ? group.Parts.TrueForAll(part => TryPlace(part, tasks, set, mayBind))
                    : own.TrueForAll(replica => TryPlace(replica, set, mayBind));
            if (isPlaced)
            {
                return true;
            }

            journal.Rollback(checkpoint);
        }

        return false;
    }

    private static IEnumerable<SessionGroup> Leaves(SessionGroup group) =>
        group.Parts.Count == 0 ? [group] : group.Parts.SelectMany(Leaves);

    /// <summary>A request in memory counts more on smaller devices: the queues are asked again when the node is known.</summary>
    private static bool HasRoomOn(SessionNode node, SessionReplica replica) =>
        replica.Demand.Gpu.Mebibytes == 0 || QueueRoom.Has(replica.Workload, node.CostOf(replica.Demand));

    /// <summary>An evicted replica whose place nobody took.</summary>
    private static bool Stays(SessionReplica replica, NodeSet set) =>
        replica is { State: ReplicaState.Releasing, Held: { } held }
        && Devices.HasBack(held, replica)
        && Array.BinarySearch(set.Nodes, held.Index) >= 0;

    /// <summary>No gang starts by halves.</summary>
    private void PostponeHalfBound(SessionWorkload workload, TaskSet tasks)
    {
        if (!Array.Exists(workload.Groups, group => group.Promised > 0 && group.Allocated < group.Min))
        {
            return;
        }

        foreach (
            var replica in tasks.Replicas.Where(replica =>
                replica is { State: ReplicaState.Allocated, Given: not null }
            )
        )
        {
            journal.Postpone(replica);
        }
    }
}
