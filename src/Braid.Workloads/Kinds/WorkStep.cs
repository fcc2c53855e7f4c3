using Braid.Workloads.Submission;

namespace Braid.Workloads.Kinds;

/// <summary>Something to do with a workload's replicas.</summary>
internal abstract record WorkStep
{
    private WorkStep() { }

    /// <summary>Makes a replica, which waits for a place.</summary>
    public sealed record Create(string Name, string Group, int Place) : WorkStep;

    /// <summary>Begins a replica again that failed: it waits for a place.</summary>
    public sealed record Restart(string Name, string Why) : WorkStep;

    /// <summary>Stops a replica if it runs, and forgets it.</summary>
    public sealed record Remove(string Name) : WorkStep;

    /// <summary>Stops a replica if it runs, and keeps how it ended.</summary>
    public sealed record Stop(string Name) : WorkStep;
}

/// <summary>What follows from how a workload stands.</summary>
/// <param name="State">How it stands now.</param>
/// <param name="Message">Why, for people.</param>
/// <param name="Status">What its kind keeps about it.</param>
/// <param name="LookAt">When it is to be looked at again though nothing happens; null for never.</param>
internal sealed record WorkOutcome(
    IReadOnlyList<WorkStep> Steps,
    WorkloadState State,
    string Message,
    string Status,
    DateTimeOffset? LookAt
);
