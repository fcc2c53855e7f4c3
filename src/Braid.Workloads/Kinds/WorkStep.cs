using Braid.Workloads.Submission;

namespace Braid.Workloads.Kinds;

/// <summary>Something to do with a workload's replicas. Each says what should be, so doing it twice is doing it once.</summary>
internal abstract record WorkStep
{
    private WorkStep() { }

    /// <summary>There should be such a replica; it waits for a place.</summary>
    /// <param name="Restarts">How often it was begun again before.</param>
    public sealed record Create(string Name, string Group, int Place, long Restarts = 0) : WorkStep;

    /// <summary>It should have been begun again so often: what runs of it is stopped, then it waits for a place.</summary>
    public sealed record Restart(string Name, long Restarts, string Why) : WorkStep;

    /// <summary>It should not be there: what runs of it is stopped, then it is forgotten.</summary>
    /// <param name="Why">What is said to who runs it; empty for nothing.</param>
    public sealed record Remove(string Name, string Why = "") : WorkStep;

    /// <summary>It should not run: what runs of it is stopped, and how it ended is kept.</summary>
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
)
{
    /// <summary>What people should be told.</summary>
    public IReadOnlyList<(string Kind, string Text)> Events { get; init; } = [];
}
