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

    /// <summary>Of workloads, each looked at again after each end: who asks waits for the answer.</summary>
    private const int MaxLooks = 20_000;

    /// <param name="mayGoOn">Whether one more end is lived through.</param>
    public static StartEstimate Find(Snapshot snapshot, RunId workload, Func<bool> mayGoOn)
    {
        var ends = snapshot
            .Workloads.Where(other => other.Id != workload && Advance.HasStarted(other))
            .Select(other => other.ExpectedEnd)
            .OfType<DateTimeOffset>()
            .Select(end => end < snapshot.Now ? snapshot.Now : end)
            .Distinct()
            .Order()
            .ToList();
        if (ends.Count == 0)
        {
            return new(null, "Unknown: no workload that runs says when it ends");
        }

        var most = Math.Clamp(MaxLooks / snapshot.Workloads.Count, 1, MaxEnds);
        var looked = 0;
        foreach (var end in ends.Take(most).TakeWhile(_ => mayGoOn()))
        {
            looked++;
            snapshot = Settle(EndAt(snapshot, end));
            if (snapshot.Workloads.Any(found => found.Id == workload && Advance.HasStarted(found)))
            {
                return new(end, $"When those have ended that are expected to by {end:u}");
            }
        }

        var those = looked < ends.Count ? $"the first {looked} of {ends.Count}" : $"{ends.Count}";
        return new(null, $"Unknown: it has no place even when {those} have ended that say when they do");
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
            var decisions = Scheduler.WithoutReasons(snapshot);
            snapshot = Advance.Release(Advance.Take(snapshot, decisions));
            if (decisions.Steps.All(step => step is Decision.Bind))
            {
                break; // nobody leaves: there is nothing more to be had
            }
        }

        return snapshot;
    }
}
