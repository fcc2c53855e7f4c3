using Braid.Scheduling.Fitting;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>
/// A replica while a cycle decides. It may be in two places: it still holds the one and is promised the other. Only the
/// <see cref="Journal"/> changes it.
/// </summary>
internal sealed class SessionReplica(Replica source, SessionGroup group, Demand demand, int rank)
{
    private ReplicaState state = ReplicaState.Pending;

    public Replica Source { get; } = source;

    public SessionGroup Group { get; } = group;

    public SessionWorkload Workload => Group.Workload;

    public Demand Demand { get; } = demand;

    /// <summary>Its place in its group: in this order replicas are placed, and in the reverse evicted.</summary>
    public int Rank { get; } = rank;

    /// <summary>What it was when the cycle began.</summary>
    public ReplicaState StateAtStart { get; set; }

    public ReplicaState State
    {
        get => state;
        set
        {
            Group.Count(state, -1);
            state = value;
            Group.Count(state, 1);
        }
    }

    /// <summary>The node that it was on when the cycle began, whether or not it is to leave it.</summary>
    public SessionNode? Held { get; set; }

    public int[] HeldGpus { get; set; } = [];

    /// <summary>The node that the cycle gave or promised it.</summary>
    public SessionNode? Given { get; set; }

    public int[] GivenGpus { get; set; } = [];

    /// <summary>The node that an earlier cycle promised it.</summary>
    public SessionNode? Nominated { get; set; }

    public int[] NominatedGpus { get; set; } = [];

    /// <summary>What it counts for its queue where it is, or was promised to be.</summary>
    public Resources Cost => (Given ?? Held ?? Nominated)?.CostOf(Demand) ?? Demand.Cost;

    /// <summary>Whether it may be taken off its node: it is there since before the cycle.</summary>
    public bool MayBeEvicted => State.IsAllocated() && State == StateAtStart;
}
