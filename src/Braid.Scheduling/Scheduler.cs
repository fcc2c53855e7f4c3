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
    public static Decisions Decide(Snapshot snapshot) => Examine(snapshot).Decisions;

    /// <summary>The same cycle, of which more can be asked.</summary>
    public static Examination Examine(Snapshot snapshot)
    {
        var (cycle, marks) = Run(snapshot);
        return new(cycle, marks);
    }

    /// <summary>
    /// Why one workload stands where it stands: all that blocks it, who is ahead, the smallest change that would give it its place,
    /// tried on copies of the snapshot, and when it is thought to start.
    /// </summary>
    /// <param name="patience">For how long things are tried; null for as long as it takes.</param>
    /// <returns>Null for a workload that is not in the snapshot.</returns>
    public static Explanation? Explain(Snapshot snapshot, RunId workload, Patience? patience = null) =>
        Examine(snapshot).Explain(workload, patience);

    /// <summary>What is decided, without why the others wait.</summary>
    internal static IReadOnlyList<Decision> Steps(Snapshot snapshot) => Run(snapshot).Cycle.Steps;

    /// <summary>The same with what is to be remembered, for what goes on from it.</summary>
    internal static Decisions WithoutReasons(Snapshot snapshot)
    {
        var (cycle, marks) = Run(snapshot);
        return new(cycle.Steps, [], [], marks);
    }

    private static (Cycle Cycle, IReadOnlyList<StaleMark> Marks) Run(Snapshot snapshot)
    {
        var cycle = new Cycle(SessionBuilder.Open(snapshot));
        new Allocate(cycle).Run();
        new Consolidate(cycle).Run();
        new Reclaim(cycle).Run();
        new Preempt(cycle).Run();
        return (cycle, new EvictStale(cycle).Run());
    }
}
