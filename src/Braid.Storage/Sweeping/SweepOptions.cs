namespace Braid.Storage.Sweeping;

/// <summary>How eagerly space is reclaimed.</summary>
public sealed record SweepOptions
{
    /// <summary>
    /// A pack is written anew without its dead bytes when these are at least this share of it; a pack with nothing else is
    /// always deleted.
    /// </summary>
    public double DeadShare { get; init; } = 0.3;

    /// <summary>
    /// How long after their condemnation chunks of a store that several servers share are freed: longer than any server may
    /// take from writing to committing.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often a server of a shared store looks what others condemned.</summary>
    public TimeSpan LookPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The time between two sweeps that nobody asked for.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long a plan can be applied.</summary>
    public TimeSpan PlanLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Chunks condemned at a time on a shared store: the others keep their hashes in memory.</summary>
    public int MostShared { get; init; } = 500_000;

    /// <summary>The longest that a server of a shared store may take from the beginning of a hold to its seal.</summary>
    internal TimeSpan LongestSharedHold => Grace / 2;
}
