using Braid.Primitives;
using Braid.Scheduling.Actions;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Explaining;

/// <summary>Puts an explanation together from a cycle that has been decided.</summary>
internal static class Explainer
{
    public static Explanation Explain(Cycle cycle, SessionWorkload workload)
    {
        var snapshot = cycle.Session.Snapshot;
        var wait = new WaitFinder(cycle).Find(workload);
        var standing = StandingOf(cycle, workload, wait);
        var constraints = wait?.Constraints ?? [];
        return new(
            workload.Source.Id,
            standing,
            constraints,
            wait is null ? [] : Ahead(cycle, workload),
            standing == Standing.Waits ? new ChangeSearch(snapshot, workload.Source).Find(constraints) : [],
            standing switch
            {
                Standing.Waits => StartSearch.Find(snapshot, workload.Source.Id),
                Standing.Promised => new(null, "As soon as those who hold its place have gone"),
                Standing.Starts => new(snapshot.Now, "Now: it gets its place"),
                _ => new(workload.Source.LastStart, "It does not wait"),
            }
        );
    }

    private static Standing StandingOf(Cycle cycle, SessionWorkload workload, Wait? wait)
    {
        var steps = cycle.Steps.Where(step => step.Workload == workload.Source.Id).ToList();
        return wait is null
            ? steps.Exists(step => step is Decision.Bind) && workload.Source.LastStart is null
                ? Standing.Starts
                : Standing.Runs
            : steps.Exists(step => step is Decision.Promise)
                ? Standing.Promised
                : Standing.Waits;
    }

    private static IReadOnlyList<RunId> Ahead(Cycle cycle, SessionWorkload workload) =>
        [
            .. cycle
                .Contenders()
                .Where(other => other.Queue == workload.Queue && WorkloadOrder.Compare(other, workload) < 0)
                .Order(Comparer<SessionWorkload>.Create(WorkloadOrder.Compare))
                .Select(other => other.Source.Id),
        ];
}
