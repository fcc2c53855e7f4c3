using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Replaying;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Explaining;

/// <summary>
/// Estimates when a workload starts: goes from one expected end to the next, lets those end, decides, and looks. Who does not say
/// when it ends is taken to run for ever, and nobody new is taken to come.
/// </summary>
internal static class StartSearch
{
    private const int MaxEnds = 200;

    public static StartEstimate Find(Snapshot snapshot, RunId workload)
    {
        var ends = snapshot
            .Workloads.Where(other => other.Id != workload && Advance.HasStarted(other))
            .Select(other => other.ExpectedEnd)
            .OfType<DateTimeOffset>()
            .Select(end => end < snapshot.Now ? snapshot.Now : end)
            .Distinct()
            .Order()
            .Take(MaxEnds)
            .ToList();
        if (ends.Count == 0)
        {
            return new(null, "Unknown: no workload that runs says when it ends");
        }

        foreach (var end in ends)
        {
            snapshot = Settle(EndAt(snapshot, end));
            if (snapshot.Workloads.Any(found => found.Id == workload && Advance.HasStarted(found)))
            {
                return new(end, $"When those have ended that are expected to by {end:u}");
            }
        }

        return new(null, "Unknown: it has no place even when all have ended that say when they do");
    }

    private static Snapshot EndAt(Snapshot snapshot, DateTimeOffset end) =>
        snapshot with
        {
            Now = end,
            Workloads =
            [
                .. snapshot.Workloads.Where(other => !(other.ExpectedEnd <= end && Advance.HasStarted(other))),
            ],
        };

    /// <summary>Decides, and lets those leave who have to, until what was promised is had.</summary>
    private static Snapshot Settle(Snapshot snapshot)
    {
        for (var round = 0; round < 3; round++)
        {
            snapshot = Advance.Release(Advance.Take(snapshot, Scheduler.Decide(snapshot)));
        }

        return snapshot;
    }
}
