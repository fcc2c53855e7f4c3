using Braid.Primitives;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Outcomes;

/// <summary>One thing that stands between a workload and its start. All of them have to go.</summary>
/// <param name="Code">Names the kind, for programs.</param>
public abstract record BlockingConstraint(string Code)
{
    /// <summary>What its owner reads: what, why, in numbers.</summary>
    public abstract string Message { get; }
}

/// <summary>The workload names a queue that does not exist.</summary>
public sealed record QueueMissing(QueueId Queue) : BlockingConstraint("queue-missing")
{
    public override string Message => $"Queue {Queue} does not exist";
}

/// <summary>A queue on the way up names a parent that does not exist.</summary>
public sealed record ParentQueueMissing(string Queue, QueueId Parent) : BlockingConstraint("queue-parent-missing")
{
    public override string Message => $"Queue {Queue} belongs to queue {Parent}, which does not exist";
}

/// <summary>Only leaves run workloads.</summary>
public sealed record QueueNotLeaf(string Queue, int Children) : BlockingConstraint("queue-not-leaf")
{
    public override string Message =>
        $"Queue {Queue} has {Children} queues below it: only queues without any run workloads";
}

/// <summary>Its owner holds it back.</summary>
public sealed record WorkloadSuspended() : BlockingConstraint("suspended")
{
    public override string Message => "The workload is suspended";
}

/// <summary>A group has fewer replicas that could be placed than it must have.</summary>
/// <param name="Missing">How many do not exist, or have ended.</param>
/// <param name="Gated">How many wait for something other than a node.</param>
public sealed record GroupIncomplete(string Group, int Required, int Missing, int Gated)
    : BlockingConstraint("group-incomplete")
{
    public override string Message =>
        $"Group {Group} must have {Required} replicas: {Missing} are missing and {Gated} are held back";
}

/// <summary>A queue's limit leaves no room.</summary>
public sealed record OverLimit(string Queue, ResourceKind Resource, double Limit, double Allocated, double Requested)
    : BlockingConstraint("queue-over-limit")
{
    public override string Message =>
        $"{Queue} quota has reached the allowable limit of {Wording.Plural(Resource)}. Limit is "
        + $"{Wording.Amount(Resource, Limit)}, currently {Wording.Amount(Resource, Allocated)} allocated and workload "
        + $"requested {Wording.Amount(Resource, Requested)}";
}

/// <summary>A workload that others may not evict must fit into the quota of every queue above it.</summary>
public sealed record NonPreemptibleOverQuota(
    string Queue,
    ResourceKind Resource,
    double Quota,
    double AllocatedNonPreemptible,
    double Requested
) : BlockingConstraint("non-preemptible-over-quota")
{
    public override string Message =>
        $"Non-preemptible workload is over quota. Workload requested {Wording.Amount(Resource, Requested)}, but {Queue} "
        + $"quota is {Wording.Amount(Resource, Quota)}, while {Wording.Amount(Resource, AllocatedNonPreemptible)} are "
        + "already allocated for non-preemptible pods. Use a preemptible workload to go over quota.";
}

/// <summary>The queue may not take from others what it would need.</summary>
/// <param name="MayHave">Up to what it may reclaim: its fair share, or its quota where policy says so.</param>
public sealed record FairShareReached(
    string Queue,
    ResourceKind Resource,
    double MayHave,
    double Allocated,
    double Requested
) : BlockingConstraint("fair-share-reached")
{
    public override string Message =>
        $"{Queue} may take back up to {Wording.Amount(Resource, MayHave)} from other queues, has "
        + $"{Wording.Amount(Resource, Allocated)}, and the workload requested {Wording.Amount(Resource, Requested)}";
}

/// <summary>Fewer replicas found a node than must run together.</summary>
public sealed record GangUnmet(string Group, int Required, int Found) : BlockingConstraint("gang-unmet")
{
    public override string Message =>
        $"Resources were found for {Found} replicas of group {Group} while {Required} are required together";
}

/// <summary>Nodes that the replica may not be placed on, whatever is free on them.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Detail">The rule that excludes them, such as <c>disk=ssd</c>.</param>
/// <param name="Nodes">How many it excludes.</param>
/// <param name="OfNodes">How many nodes there are.</param>
public sealed record NodesExcluded(ExclusionKind Kind, string Detail, int Nodes, int OfNodes)
    : BlockingConstraint(Wording.CodeOf(Kind))
{
    public override string Message =>
        $"{Nodes} of {OfNodes} nodes are excluded: {Wording.Sentence(Kind)} {Detail}".TrimEnd();
}

/// <summary>Why a node is not even considered.</summary>
public enum ExclusionKind
{
    NotReady,
    Cordoned,
    Pool,
    Selector,
    Affinity,
    Taint,

    /// <summary>It lies in no domain of the topology's required level.</summary>
    Topology,
}

/// <summary>Nodes on which something is too scarce.</summary>
/// <param name="Resource"><c>cpu</c>, <c>memory</c>, <c>gpu</c>, <c>gpu-fraction</c>, <c>gpu-memory</c>, a MIG profile, the name
/// of an extended resource, or <c>replicas</c>.</param>
/// <param name="Requested">What one replica needs.</param>
/// <param name="MostFree">The most that is free on any one of these nodes.</param>
/// <param name="MostCapacity">The most that any one of them has: less than the request means that it never fits.</param>
/// <param name="Nodes">How many of these nodes have too little free.</param>
/// <param name="OfNodes">How many nodes could be considered.</param>
/// <param name="Holders">Who holds the most of it there, the largest first.</param>
public sealed record NotEnoughFree(
    string Resource,
    double Requested,
    double MostFree,
    double MostCapacity,
    int Nodes,
    int OfNodes,
    IReadOnlyList<Holder> Holders
) : BlockingConstraint(Wording.CodeOfScarce(Resource))
{
    public override string Message =>
        $"{Nodes} of {OfNodes} nodes have too little {Resource}: {Wording.Scarce(Resource, Requested)} requested, at most "
        + $"{Wording.Scarce(Resource, MostFree)} free of {Wording.Scarce(Resource, MostCapacity)}"
        + Wording.HeldBy(Resource, Holders);

    public bool Equals(NotEnoughFree? other) =>
        other is not null
        && (Resource, Requested, MostFree, MostCapacity, Nodes, OfNodes)
            == (other.Resource, other.Requested, other.MostFree, other.MostCapacity, other.Nodes, other.OfNodes)
        && Holders.SequenceEqual(other.Holders);

    public override int GetHashCode() => HashCode.Combine(Resource, Requested, MostFree, Nodes);
}

/// <summary>
/// No node has room, not broken down: so many kinds of replicas wait that a cycle breaks down only the first.
/// <see cref="Scheduler.Explain"/> does for any.
/// </summary>
public sealed record NoRoom(int Replicas) : BlockingConstraint("no-room")
{
    public override string Message =>
        $"No node has room for {Replicas} replicas; an explanation of this workload says why";
}

/// <summary>Who holds an amount of something scarce.</summary>
public sealed record Holder(RunId Workload, string Name, QueueId Queue, double Amount);

/// <summary>No domain of the required level has room for all.</summary>
public sealed record TopologyUnmet(string Level, int Domains) : BlockingConstraint("topology-unmet")
{
    public override string Message => $"None of {Domains} domains of {Level} has room for all replicas together";
}

/// <summary>A place is promised; those who hold it have not gone yet.</summary>
public sealed record WaitingForPromised(int Replicas, IReadOnlyList<string> Nodes)
    : BlockingConstraint("waiting-for-promised")
{
    public override string Message =>
        $"{Replicas} replicas wait until what they are promised is given back on {string.Join(", ", Nodes)}";

    public bool Equals(WaitingForPromised? other) =>
        other is not null && Replicas == other.Replicas && Nodes.SequenceEqual(other.Nodes);

    public override int GetHashCode() => HashCode.Combine(Replicas, Nodes.Count);
}

/// <summary>Workloads that could make room may not be evicted yet.</summary>
public sealed record VictimsProtected(int Workloads, DateTimeOffset FirstUntil)
    : BlockingConstraint("victims-protected")
{
    public override string Message =>
        $"{Workloads} workloads that could make room are protected by the minimum run time of their queue, the first until {FirstUntil:u}";
}

/// <summary>Its queue has too many others before it: it was not looked at in this cycle.</summary>
public sealed record QueueDepthReached(string Queue, int Depth) : BlockingConstraint("queue-depth")
{
    public override string Message => $"Only the first {Depth} workloads of {Queue} are looked at in each cycle";
}
