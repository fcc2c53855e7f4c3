using Braid.Primitives;
using Braid.Scheduling.Outcomes;

namespace Braid.Scheduling.Explaining;

/// <summary>Where a workload stands, why, and what would change it.</summary>
/// <param name="Workload">Which one.</param>
/// <param name="Standing">What the next cycle does with it.</param>
/// <param name="Constraints">All that blocks it; empty unless it waits.</param>
/// <param name="Ahead">The workloads of its queue that are looked at before it, in their order.</param>
/// <param name="Changes">The smallest set of changes that was found to give it a place; empty when none was, or none is needed.</param>
/// <param name="Start">When it is thought to start.</param>
public sealed record Explanation(
    RunId Workload,
    Standing Standing,
    IReadOnlyList<BlockingConstraint> Constraints,
    IReadOnlyList<RunId> Ahead,
    IReadOnlyList<Change> Changes,
    StartEstimate Start
)
{
    /// <summary>False when there was no time to try all that could be less: it takes at most these changes, or nobody knows which.</summary>
    public bool IsSearchedWhole { get; init; } = true;
}

/// <summary>What a cycle does with a workload.</summary>
public enum Standing
{
    /// <summary>It runs with all that it must have, or has ended.</summary>
    Runs,

    /// <summary>It gets its place now.</summary>
    Starts,

    /// <summary>It is promised a place that others are giving back.</summary>
    Promised,

    Waits,
}

/// <summary>When a workload is thought to start.</summary>
/// <param name="At">Null when nobody knows.</param>
/// <param name="Reason">From what it is known, or why it is not.</param>
public sealed record StartEstimate(DateTimeOffset? At, string Reason);
