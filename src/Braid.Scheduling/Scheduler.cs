using Braid.Primitives;
using Braid.Scheduling.Actions;
using Braid.Scheduling.Explaining;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling;

/// <summary>Decides who gets which node. Pure: the same snapshot gives the same decisions.</summary>
public static class Scheduler
{
    /// <summary>
    /// One cycle:
    /// <code>
    /// 1. open a session on the snapshot: sort, count, share out what there is among the queues;
    /// 2. allocate what is free, and promise what is being given back;
    /// 3. consolidate: move replicas closer together where that makes room;
    /// 4. reclaim, for queues, what they are entitled to and others are not;
    /// 5. preempt, inside of a queue, for higher priorities;
    /// 6. end what is left of gangs that lost replicas;
    /// 7. say of everybody who waits what for.
    /// </code>
    /// </summary>
    public static Decisions Decide(Snapshot snapshot)
    {
        var (cycle, marks) = Run(snapshot);
        return new(cycle.Steps, new WaitFinder(cycle).Find(), Shares(cycle.Session), marks);
    }

    /// <summary>
    /// Why one workload stands where it stands: all that blocks it, who is ahead, the smallest change that would give it its place,
    /// tried on copies of the snapshot, and when it is thought to start.
    /// </summary>
    /// <returns>Null for a workload that is not in the snapshot.</returns>
    public static Explanation? Explain(Snapshot snapshot, RunId workload)
    {
        var cycle = Run(snapshot).Cycle;
        var found = Array.Find(cycle.Session.Workloads, found => found.Source.Id == workload);
        return found is null ? null : Explainer.Explain(cycle, found);
    }

    /// <summary>What is decided, without why the others wait.</summary>
    internal static IReadOnlyList<Decision> Steps(Snapshot snapshot) => Run(snapshot).Cycle.Steps;

    private static (Cycle Cycle, IReadOnlyList<StaleMark> Marks) Run(Snapshot snapshot)
    {
        var cycle = new Cycle(SessionBuilder.Open(snapshot));
        new Allocate(cycle).Run();
        new Consolidate(cycle).Run();
        new Reclaim(cycle).Run();
        new Preempt(cycle).Run();
        return (cycle, new EvictStale(cycle).Run());
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
