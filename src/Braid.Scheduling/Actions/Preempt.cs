using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>Lets a workload displace those of its own queue that have a lower priority and may be evicted.</summary>
internal sealed class Preempt(Cycle cycle)
{
    private readonly Session session = cycle.Session;
    private readonly VictimSolver solver = new(cycle);
    private readonly FailedBefore failed = new();

    public void Run()
    {
        using var pending = new PendingWorkloads(cycle, session.Policy.Depths.Preempt, HasVictims);
        while (pending.TryTake(out var workload))
        {
            var tasks = workload.Next;
            var scope = $"{workload.Queue!.Rank}/{workload.Source.Priority}/{workload.IsPreemptible}";
            if (tasks.Count == 0 || !QueueRoom.HasQuota(workload, tasks.Cost) || failed.Covers(workload, tasks, scope))
            {
                continue;
            }

            if (!solver.TrySolve(workload, new Rules(session, workload)))
            {
                failed.Add(workload, tasks, scope);
            }
        }
    }

    private bool HasVictims(SessionWorkload pending) =>
        Cycle.MayDisplace(pending)
        && lowest.TryGetValue(pending.Queue!, out var priority)
        && priority < pending.Source.Priority;

    /// <summary>The lowest priority of what may be evicted, by queue.</summary>
    private readonly Dictionary<SessionQueue, int> lowest = cycle
        .Session.Workloads.Where(workload => workload is { IsPreemptible: true, Queue: not null, NextLoss.Count: > 0 })
        .GroupBy(workload => workload.Queue!)
        .ToDictionary(queue => queue.Key, queue => queue.Min(workload => workload.Source.Priority));

    private sealed class Rules(Session session, SessionWorkload pending) : IVictimRules
    {
        public EvictionReason Reason => EvictionReason.Preempted;

        public bool MayMove => true;

        public int? MaxReplicas => null;

        public bool IsVictim(SessionWorkload workload) =>
            workload is { IsPreemptible: true, NextLoss.Count: > 0 }
            && workload.Queue == pending.Queue
            && workload.Source.Priority < pending.Source.Priority
            && !MinRuntime.Protects(MinRuntime.SafeFromPreemption(workload), workload, session.Now);

        public VictimAnswer MayTake(SessionWorkload victim, TaskSet loss) =>
            MinRuntime.Protects(MinRuntime.SafeFromPreemption(victim), victim, session.Now)
                ? VictimAnswer.SkipWorkload
                : VictimAnswer.Take;

        public bool Accepts(IReadOnlyList<TaskSet> evicted) => true;
    }
}
