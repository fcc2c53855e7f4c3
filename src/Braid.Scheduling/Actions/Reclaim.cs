using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>Lets a queue take back from others what it is entitled to and they are not.</summary>
internal sealed class Reclaim(Cycle cycle)
{
    private readonly Session session = cycle.Session;
    private readonly VictimSolver solver = new(cycle);
    private readonly FailedBefore failed = new();
    private readonly Resources[] before = new Resources[cycle.Session.Queues.All.Length];

    public void Run()
    {
        using var victims = new VictimOrder(session, session.Workloads);
        using var pending = new PendingWorkloads(
            cycle,
            session.Policy.Depths.Reclaim,
            workload => Cycle.MayDisplace(workload) && MayReclaim(session, workload, workload.Next.Cost)
        );
        while (pending.TryTake(out var workload))
        {
            var tasks = workload.Next;
            var scope = $"{workload.Queue!.Rank}/{workload.IsPreemptible}";
            if (tasks.Count == 0 || !MayReclaim(session, workload, tasks.Cost) || failed.Covers(workload, tasks, scope))
            {
                continue;
            }

            if (!solver.TrySolve(workload, victims, new ReclaimRules(session, workload, before)))
            {
                failed.Add(workload, tasks, scope);
            }
        }
    }

    /// <summary>Whether the queue stays within what it is entitled to; what may not be evicted, within its quota.</summary>
    public static bool MayReclaim(Session session, SessionWorkload workload, Resources asked) =>
        (workload.Queue!.Allocated + asked).IsWithin(MayHave(session, workload.Queue))
        && QueueRoom.HasQuota(workload, asked);

    /// <summary>Up to what a queue may take back.</summary>
    public static Resources MayHave(Session session, SessionQueue queue) =>
        session.Policy.ReclaimUpTo == ReclaimGoal.FairShare
            ? queue.FairShare
            : Amounts.Least(queue.FairShare, queue.Quota);
}
