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
        var session = SessionBuilder.Open(snapshot);
        var cycle = new Cycle(session);
        new Allocate(cycle).Run();
        new Consolidate(cycle).Run();
        new Reclaim(cycle).Run();
        new Preempt(cycle).Run();
        var marks = new EvictStale(cycle).Run();
        return new(cycle.Steps, new WaitFinder(cycle).Find(), Shares(session), marks);
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
