using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;
using PlacedWorkload = Braid.Scheduling.Snapshots.Workload;

namespace Braid.Workloads.Replaying;

/// <summary>A time in which a workload ran; without an end it runs still.</summary>
internal readonly record struct RunSpan(DateTimeOffset From, DateTimeOffset? To)
{
    public bool Covers(DateTimeOffset time) => From <= time && !(To <= time);

    /// <summary>How much of it lies in a window.</summary>
    public TimeSpan Within(DateTimeOffset since, DateTimeOffset until)
    {
        var (from, to) = (From > since ? From : since, To < until ? To.Value : until);
        return to > from ? to - from : TimeSpan.Zero;
    }
}

/// <summary>What became of a workload.</summary>
/// <param name="Work">As it was when nothing of it had a place yet.</param>
/// <param name="Runs">When it ran, in order.</param>
/// <param name="Displaced">When replicas of it gave way.</param>
/// <param name="Parts">What all its replicas have together.</param>
internal sealed record PastWork(
    PlacedWorkload Work,
    string Share,
    DateTimeOffset? Ended,
    IReadOnlyList<RunSpan> Runs,
    IReadOnlyList<DateTimeOffset> Displaced,
    MachineParts Parts
)
{
    /// <summary>Where its replicas were last, by scheduling's names of them.</summary>
    public IReadOnlyDictionary<string, ReplicaRow> Places { get; init; } = new Dictionary<string, ReplicaRow>();

    /// <summary>For how long it runs: as long as its last attempt did; null for one that has not ended, or never ran.</summary>
    public TimeSpan? Runtime => Runs.Count > 0 ? Ended - Runs[^1].From : null;

    public static PastWork Of(
        WorkloadRow row,
        PlacedWorkload work,
        IReadOnlyList<PastEvent> events,
        MachineParts parts,
        IReadOnlyDictionary<string, ReplicaRow> places
    )
    {
        // Earlier ones are of a run that had ended, and was queued again.
        var own = events.Where(told => told.At >= row.Created).ToList();
        List<RunSpan> runs = [.. RunsOf(own, row.Ended)];
        if (runs.Count == 0 && (row.LastStart ?? row.Started) is { } start)
        {
            runs.Add(new(start, row.Ended)); // so long ago that no event tells of it any more
        }

        return new(
            work,
            row.Share,
            row.Ended,
            runs,
            [
                .. own.Where(told => told.Kind != PastEvent.Running && !PastEvent.Stops.Contains(told.Kind))
                    .Select(told => told.At),
            ],
            parts
        )
        {
            Places = places,
        };
    }

    private static IEnumerable<RunSpan> RunsOf(IEnumerable<PastEvent> events, DateTimeOffset? ended)
    {
        DateTimeOffset? since = null;
        foreach (var told in events)
        {
            if (told.Kind == PastEvent.Running)
            {
                since ??= told.At;
            }
            else if (since is { } from && PastEvent.Stops.Contains(told.Kind))
            {
                yield return new(from, told.At);
                since = null;
            }
        }

        if (since is { } last)
        {
            yield return new(last, ended);
        }
    }
}
