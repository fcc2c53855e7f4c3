using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Parts;

/// <summary>A workload that does a part of a job which has a run of its own: what its programs write and track goes to that run.</summary>
/// <param name="Run">The job's run, which ends when the job does.</param>
/// <param name="Project">The tracking project of that run.</param>
/// <param name="Name">Unique among the share's that have not ended.</param>
public sealed record NewPart(RunId Run, ProjectId Project, string Name, WorkloadSpec Spec)
{
    /// <summary>The share that it goes to, which must be there; null leaves it to <see cref="PreferredShare"/>.</summary>
    public string? Share { get; init; }

    /// <summary>The share that it goes to if there is such a one that takes work; else it goes to the default one.</summary>
    public string PreferredShare { get; init; } = Shares.Shares.Default;
}

/// <summary>How a part ended.</summary>
/// <param name="Words">Of one that failed: what went wrong first, and what followed.</param>
public sealed record PartEnd(bool HasSucceeded, string Words);
