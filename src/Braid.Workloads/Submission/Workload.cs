using Braid.Primitives;
using Braid.Workloads.Replicas;

namespace Braid.Workloads.Submission;

/// <summary>A workload as it stands.</summary>
public sealed record Workload
{
    /// <summary>Also of its run, unless it is a part of a job.</summary>
    public required RunId Id { get; init; }

    /// <summary>The run that its programs write to; of a part of a job, the job's.</summary>
    public required RunId RunId { get; init; }
    public required string Name { get; init; }
    public required string Share { get; init; }

    /// <summary>Of one whose spec cannot be read: its kind, and <see cref="Message"/> says why.</summary>
    public required WorkloadSpec Spec { get; init; }
    public WorkloadState State { get; init; }
    public string User { get; init; } = "";

    /// <summary>Why it waits, or why it ended as it did; empty when there is nothing to say.</summary>
    public string Message { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Ended { get; init; }

    /// <summary>By group and number.</summary>
    public IReadOnlyList<Replica> Replicas { get; init; } = [];

    /// <summary>The last ones, oldest first; read only for one workload.</summary>
    public IReadOnlyList<WorkloadEvent> Events { get; init; } = [];
}
