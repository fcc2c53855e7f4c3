namespace Braid.Workloads.Submission;

/// <summary>Where a workload stands.</summary>
public enum WorkloadState
{
    /// <summary>Nothing of it runs.</summary>
    Pending,
    Running,
    Suspended,
    Succeeded,
    Failed,

    /// <summary>Somebody ended it.</summary>
    Stopped,

    /// <summary>It was ended because it ran for longer than it, or its share's work, may.</summary>
    TimedOut,
}

/// <summary>Where a replica's present attempt stands.</summary>
public enum ReplicaState
{
    /// <summary>Waits for a place.</summary>
    Pending,

    /// <summary>Has a place; its node is to start it.</summary>
    Bound,
    Running,

    /// <summary>Its node is to stop it.</summary>
    Releasing,
    Succeeded,
    Failed,
}
