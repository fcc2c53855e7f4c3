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

    /// <summary>How long attempts ran that no replica is at any more.</summary>
    internal TimeSpan PastRan { get; init; }

    /// <summary>The same, times the GPUs that they had.</summary>
    internal TimeSpan PastGpuTime { get; init; }

    /// <summary>How long all of its attempts have run until now, in all.</summary>
    public TimeSpan Ran(DateTimeOffset now) => Replicas.Aggregate(PastRan, (sum, replica) => sum + replica.Ran(now));

    /// <summary>The same, times the GPUs that they have or had.</summary>
    public TimeSpan GpuTime(DateTimeOffset now) =>
        Replicas.Aggregate(PastGpuTime, (sum, replica) => sum + replica.GpuTime(now));

    /// <summary>The last ones, oldest first; read only for one workload.</summary>
    public IReadOnlyList<WorkloadEvent> Events { get; init; } = [];
}
