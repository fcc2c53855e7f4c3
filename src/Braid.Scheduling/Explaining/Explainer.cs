using Braid.Primitives;
using Braid.Scheduling.Actions;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Explaining;

/// <summary>Puts an explanation together from a cycle that has been decided.</summary>
internal sealed class Explainer(Cycle cycle, Patience patience)
{
    public Explanation Explain(SessionWorkload workload)
    {
        var snapshot = cycle.Session.Snapshot;
        var wait = new WaitFinder(cycle).Find(workload);
        var standing = StandingOf(workload, wait);
        var constraints = wait?.Constraints ?? [];
        var changes =
            standing == Standing.Waits
                ? new ChangeSearch(snapshot, workload.Source, patience.ForChanges).Find(constraints)
                : FoundChanges.None;
        return new(
            workload.Source.Id,
            standing,
            constraints,
            wait is null ? [] : Ahead(workload),
            changes.Changes,
            standing switch
            {
                Standing.Waits => StartSearch.Find(snapshot, workload.Source.Id, patience.ForStart),
                Standing.Promised => new(null, "As soon as those who hold its place have gone"),
                Standing.Starts => new(snapshot.Now, "Now: it gets its place"),
                _ => new(workload.Source.LastStart, "It does not wait"),
            }
        )
        {
            IsSearchedWhole = changes.IsWhole,
        };
    }

    private Standing StandingOf(SessionWorkload workload, Wait? wait)
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

    private IReadOnlyList<RunId> Ahead(SessionWorkload workload) =>
        [
            .. cycle
                .Contenders()
                .Where(other => other.Queue == workload.Queue && WorkloadOrder.Compare(other, workload) < 0)
                .Order(Comparer<SessionWorkload>.Create(WorkloadOrder.Compare))
                .Select(other => other.Source.Id),
        ];
}
