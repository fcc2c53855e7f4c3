using Braid.Primitives;

namespace Braid.Scheduling.Outcomes;

/// <summary>One step that executors take.</summary>
/// <param name="Workload">Whose replica it is.</param>
/// <param name="Replica">The replica's id.</param>
public abstract record Decision(RunId Workload, string Replica)
{
    /// <summary>Start it: what it needs is free.</summary>
    public sealed record Bind(RunId Workload, string Replica, Place Place) : Decision(Workload, Replica);

    /// <summary>It will get this place when those who hold it have gone; the next cycles keep it where they can.</summary>
    public sealed record Promise(RunId Workload, string Replica, Place Place) : Decision(Workload, Replica);

    /// <summary>End it; it waits again.</summary>
    /// <param name="By">For whom; null when it is for nobody.</param>
    /// <param name="Message">What its owner is told.</param>
    public sealed record Evict(RunId Workload, string Replica, EvictionReason Reason, RunId? By, string Message)
        : Decision(Workload, Replica);

    /// <summary>End it here and start it there.</summary>
    /// <param name="From">The node it is on.</param>
    /// <param name="To">The place it is promised.</param>
    /// <param name="By">For whom.</param>
    /// <param name="Message">What its owner is told.</param>
    public sealed record Move(
        RunId Workload,
        string Replica,
        string From,
        Place To,
        EvictionReason Reason,
        RunId? By,
        string Message
    ) : Decision(Workload, Replica);
}

/// <summary>Where on the cluster.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Gpus">The numbers of its devices; empty for a replica without, and for MIG instances.</param>
public sealed record Place(string Node, IReadOnlyList<int> Gpus)
{
    public bool Equals(Place? other) => other is not null && Node == other.Node && Gpus.SequenceEqual(other.Gpus);

    public override int GetHashCode() => HashCode.Combine(Node, Gpus.Count);
}

/// <summary>Why a replica was taken off its node.</summary>
public enum EvictionReason
{
    /// <summary>Another queue has a right to what it holds.</summary>
    Reclaimed,

    /// <summary>A workload of its own queue has a higher priority.</summary>
    Preempted,

    /// <summary>Room was made by packing replicas closer.</summary>
    Consolidated,

    /// <summary>Its workload has fewer replicas than it must have.</summary>
    StaleGang,
}
