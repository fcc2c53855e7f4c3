using Braid.Scheduling.Replaying;

namespace Braid.Workloads.Replaying;

/// <summary>Adds up what became of work in a window, as it was or as it was replayed.</summary>
internal sealed class Figures(IReadOnlyList<PastWork> past, DateTimeOffset since, DateTimeOffset until)
{
    public IReadOnlyList<ShareFigures> Recorded() =>
        Add(
            past.Select(work => new Fate(
                work,
                work.Runs.Count > 0 ? work.Runs[0].From : null,
                TimeSpan.FromTicks(work.Runs.Sum(run => run.Within(since, until).Ticks)),
                work.Displaced.Count(at => at > since && at <= until)
            ))
        );

    public IReadOnlyList<ShareFigures> Of(Replay replay)
    {
        var works = past.ToDictionary(work => work.Work.Id);
        return Add(
            replay.Workloads.Select(one => new Fate(works[one.Workload], one.StartedAt, one.Ran, one.Displaced))
        );
    }

    /// <summary>By project.</summary>
    private List<ShareFigures> Add(IEnumerable<Fate> fates) =>
        [
            .. fates
                .GroupBy(fate => fate.Work.Share, StringComparer.Ordinal)
                .OrderBy(share => share.Key, StringComparer.Ordinal)
                .Select(share => Add(share.Key, [.. share])),
        ];

    private ShareFigures Add(string share, List<Fate> fates)
    {
        // Who ran before the window had its wait before it.
        var waited = fates.FindAll(fate => fate.Work.Runs.Count == 0 || fate.Work.Runs[0].From > since);
        var waits = waited.Select(WaitOf).Order().ToList();
        return new(
            share,
            waited.Count,
            waited.Count(fate => fate.Started is not null),
            waits.Count == 0 ? null : TimeSpan.FromTicks((long)waits.Average(wait => wait.Ticks)),
            waits.Count == 0 ? null : waits[(int)Math.Ceiling(waits.Count * 0.95) - 1],
            fates.Sum(fate => fate.Ran.TotalHours * fate.Work.Parts.Gpus),
            fates.Sum(fate => fate.Displaced)
        );
    }

    private TimeSpan WaitOf(Fate fate)
    {
        var gaveUp = fate.Work.Runs.Count == 0 ? fate.Work.Ended : null;
        return (fate.Started ?? gaveUp ?? until) - fate.Work.Work.CreatedAt;
    }

    private sealed record Fate(PastWork Work, DateTimeOffset? Started, TimeSpan Ran, int Displaced);
}
