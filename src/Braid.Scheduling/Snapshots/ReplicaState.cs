namespace Braid.Scheduling.Snapshots;

/// <summary>Where a replica stands. What each state counts for is said in <see cref="ReplicaStates"/>.</summary>
public enum ReplicaState
{
    /// <summary>Waits for a node.</summary>
    Pending,

    /// <summary>Waits for something other than a node, and may not be placed yet.</summary>
    Gated,

    /// <summary>Placed in this cycle.</summary>
    Allocated,

    /// <summary>
    /// Promised what others are giving back. In a snapshot it is a pending replica that remembers its <see cref="Replica.Node"/>:
    /// every cycle makes its promises anew, and keeps the node when it can.
    /// </summary>
    Promised,

    /// <summary>Its executor is told to start it.</summary>
    Binding,

    /// <summary>On its node, not running yet.</summary>
    Bound,

    Running,

    /// <summary>Told to end; it holds its resources until it has.</summary>
    Releasing,

    Succeeded,

    Failed,

    /// <summary>Its node does not answer.</summary>
    Unknown,

    Deleted,
}

/// <summary>The sets that decisions are made with.</summary>
public static class ReplicaStates
{
    /// <summary>On a node or on the way: counts against its queue and its node.</summary>
    public static bool IsAllocated(this ReplicaState state) =>
        state is ReplicaState.Allocated or ReplicaState.Binding or ReplicaState.Bound or ReplicaState.Running;

    /// <summary>Allocated, or promised.</summary>
    public static bool IsActive(this ReplicaState state) => state.IsAllocated() || state is ReplicaState.Promised;

    /// <summary>Active, or still holding what it gives back.</summary>
    public static bool IsUsing(this ReplicaState state) => state.IsActive() || state is ReplicaState.Releasing;

    /// <summary>Active, or waiting to be.</summary>
    public static bool IsAlive(this ReplicaState state) =>
        state.IsActive() || state is ReplicaState.Pending or ReplicaState.Gated;
}
