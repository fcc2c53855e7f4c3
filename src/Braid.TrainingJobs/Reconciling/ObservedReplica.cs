using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>Where a replica stands, as Kubernetes tells phases of a pod.</summary>
public enum ReplicaPhase
{
    /// <summary>It was asked for, and waits for a place, its image or its init containers.</summary>
    Pending,
    Running,

    /// <summary>All its containers ended with exit code 0.</summary>
    Succeeded,
    Failed,
}

/// <summary>What an executor knows of one replica. A replica that is not listed is not there.</summary>
public sealed record ObservedReplica
{
    public required ReplicaId Id { get; init; }

    public required ReplicaPhase Phase { get; init; }

    /// <summary>Of the container that counts for the kind; null: it has not ended, or nobody knows.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// Which start of the replica this is, from 0: the number in the <see cref="ReconcileAction.CreateReplica"/> or
    /// <see cref="ReconcileAction.RestartReplica"/> that made it.
    /// </summary>
    public int Attempt { get; init; }

    /// <summary>How often the executor itself started it again within this attempt (a kubelet does; a process executor does not).</summary>
    public int RestartsInPlace { get; init; }

    /// <summary>It is being deleted.</summary>
    public bool IsDeleting { get; init; }

    /// <summary>Its machine took it away (evicted, preempted, lost).</summary>
    public bool IsEvicted { get; init; }

    /// <summary>When it ended; null: it has not, or nobody knows.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
