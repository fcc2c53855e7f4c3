namespace Braid.Workloads.Replaying;

/// <summary>A time as it was, and as it would have been.</summary>
/// <param name="Recorded">What became of the projects' work.</param>
/// <param name="Replayed">The same decided again under the rules as they are: what it differs by is what a replay does not know.</param>
/// <param name="Supposed">Decided again under other rules; null when no others were supposed.</param>
/// <param name="Assumptions">What a replay takes for granted, in words.</param>
public sealed record Retrospect(
    DateTimeOffset Since,
    DateTimeOffset Until,
    IReadOnlyList<ShareFigures> Recorded,
    IReadOnlyList<ShareFigures> Replayed,
    IReadOnlyList<ShareFigures>? Supposed,
    IReadOnlyList<string> Assumptions
);

/// <summary>What became of a project's work.</summary>
/// <param name="Waited">How many workloads had not run before.</param>
/// <param name="Started">How many of them ran.</param>
/// <param name="MeanWait">From submission to running; of who never ran, as long as it waited. Null when nobody waited.</param>
/// <param name="LongWait">What 95 of 100 waited at most.</param>
/// <param name="GpuHours">Devices times the time in which their work ran.</param>
/// <param name="Preemptions">How many replicas gave way to others, or were moved.</param>
public sealed record ShareFigures(
    string Share,
    int Waited,
    int Started,
    TimeSpan? MeanWait,
    TimeSpan? LongWait,
    double GpuHours,
    int Preemptions
);
