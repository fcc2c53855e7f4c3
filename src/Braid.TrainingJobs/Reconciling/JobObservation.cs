using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>What is known of a job when it is looked at.</summary>
public sealed record JobObservation
{
    /// <summary>With defaults, and valid. Its own <see cref="TrainingJob.Status"/> is the one so far.</summary>
    public required TrainingJob Job { get; init; }

    public required ReconcileMemory Memory { get; init; }

    /// <summary>Those that are there, in any order.</summary>
    public required IReadOnlyList<ObservedReplica> Replicas { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>What is to be done about a job, and how it stands then.</summary>
public sealed record ReconcileDecision
{
    public required IReadOnlyList<ReconcileAction> Actions { get; init; }

    public required JobStatus Status { get; init; }

    public required ReconcileMemory Memory { get; init; }

    public required IReadOnlyList<JobEvent> Events { get; init; }

    /// <summary>When to look again although nothing happened; null: there is no such time.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }
}
