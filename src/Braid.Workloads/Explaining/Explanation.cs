using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Explaining;

/// <summary>What follows for a workload from how everything stands.</summary>
public enum Prospect
{
    /// <summary>It has what it must have, and keeps it.</summary>
    Runs,

    /// <summary>It gets a place at the next turn.</summary>
    Starts,

    /// <summary>It gets places that others are leaving.</summary>
    Promised,

    /// <summary>Somebody gets its places; it waits again.</summary>
    Displaced,
    Waits,
}

/// <summary>One thing that has to go before a workload can start.</summary>
/// <param name="Code">Names the kind, for programs.</param>
/// <param name="Text">What, why, in numbers.</param>
public sealed record WaitReason(string Code, string Text);

/// <summary>When a workload is thought to start.</summary>
/// <param name="At">Null when nobody knows.</param>
/// <param name="Reason">From what it is known, or why it is not.</param>
public sealed record StartEstimate(DateTimeOffset? At, string Reason);

/// <summary>A workload's prospect, and why.</summary>
public sealed record Explanation
{
    public required Prospect Prospect { get; init; }

    /// <summary>All that has to go before it can start; of one that is displaced, for whom.</summary>
    public IReadOnlyList<WaitReason> Reasons { get; init; } = [];

    /// <summary>Those of its share that wait and come before it, first ones first.</summary>
    public IReadOnlyList<(RunId Id, string Name)> Ahead { get; init; } = [];

    /// <summary>The smallest set of changes that was found to give it its places, in words; empty when none was.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>False when there was no time to try all that could be less: it takes at most the changes, or nobody knows which.</summary>
    public bool IsSearchedWhole { get; init; } = true;

    /// <summary>When it is thought to start; null unless it waits.</summary>
    public StartEstimate? Start { get; init; }

    /// <summary>Its share's, and those above it.</summary>
    public IReadOnlyList<ShareStanding> Shares { get; init; } = [];
}

/// <summary>What a share has of the GPUs, and what it has a right to now, given what all ask for.</summary>
public sealed record ShareStanding(string Share, double Quota, double FairShare, double Held, double Wanted);

/// <summary>What a share has a right to now, given what all ask for.</summary>
public sealed record FairShare(string Share, MachineParts Parts);

/// <summary>What would be otherwise.</summary>
/// <param name="Changes">Workloads for which something else would follow.</param>
/// <param name="Before">How the shares stand, by name.</param>
/// <param name="After">How they would stand.</param>
public sealed record Supposition(
    IReadOnlyList<SupposedChange> Changes,
    IReadOnlyList<ShareStanding> Before,
    IReadOnlyList<ShareStanding> After
);

/// <summary>A workload for which something else would follow.</summary>
public sealed record SupposedChange(RunId Id, string Name, string Share, Explanation Before, Explanation After);
