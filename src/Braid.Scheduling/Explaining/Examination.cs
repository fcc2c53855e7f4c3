using Braid.Primitives;
using Braid.Scheduling.Actions;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Explaining;

/// <summary>A cycle that was decided, and what can be asked about it.</summary>
public sealed class Examination
{
    private readonly Cycle cycle;
    private readonly Lazy<Decisions> decisions;

    internal Examination(Cycle cycle, IReadOnlyList<StaleMark> marks)
    {
        this.cycle = cycle;
        decisions = new(() => new(cycle.Steps, new WaitFinder(cycle).Find(), Shares(cycle.Session), marks));
    }

    /// <summary>What is decided, and of everybody who waits what for.</summary>
    public Decisions Decisions => decisions.Value;

    /// <summary>Why one workload stands where it stands, what would change it, and when it is thought to start.</summary>
    /// <param name="patience">For how long things are tried; null for as long as it takes.</param>
    /// <returns>Null for a workload that is not in the snapshot.</returns>
    public Explanation? Explain(RunId workload, Patience? patience = null)
    {
        var found = Array.Find(cycle.Session.Workloads, found => found.Source.Id == workload);
        return found is null ? null : new Explainer(cycle, patience ?? Patience.Endless).Explain(found);
    }

    private static IReadOnlyList<QueueShares> Shares(Session session) =>
        [
            .. session
                .Queues.All.OrderBy(queue => queue.Source.Id.Value)
                .Select(queue => new QueueShares(
                    queue.Source.Id,
                    queue.FairShare,
                    queue.AllocatedAtStart,
                    queue.NonPreemptibleAtStart,
                    queue.Requested
                )),
        ];
}
