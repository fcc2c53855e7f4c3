using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>Lets a workload displace those of its own queue that have a lower priority and may be evicted.</summary>
internal sealed class Preempt(Cycle cycle)
{
    private readonly Session session = cycle.Session;
    private readonly VictimSolver solver = new(cycle);
    private readonly FailedBefore failed = new();

    /// <summary>What may be displaced at all, by queue.</summary>
    private readonly ILookup<SessionQueue, SessionWorkload> preemptible = cycle
        .Session.Workloads.Where(workload => workload is { IsPreemptible: true, Queue: not null, NextLoss.Count: > 0 })
        .OrderBy(workload => workload.Source.Priority)
        .ToLookup(workload => workload.Queue!);

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

            var lower = preemptible[workload.Queue].Where(victim => victim.Source.Priority < workload.Source.Priority);
            using var victims = new VictimOrder(session, lower);
            if (!solver.TrySolve(workload, victims, new Rules(session, workload.Queue)))
            {
                failed.Add(workload, tasks, scope);
            }
        }
    }

    private bool HasVictims(SessionWorkload pending) =>
        Cycle.MayDisplace(pending)
        && preemptible[pending.Queue!].Any(victim => victim.Source.Priority < pending.Source.Priority);

    private sealed class Rules(Session session, SessionQueue queue) : IVictimRules
    {
        private readonly Resources[] before = Array.ConvertAll(queue.Path, above => above.Allocated);

        public EvictionReason Reason => EvictionReason.Preempted;

        public bool MayMove => true;

        public int? MaxReplicas => null;

        public VictimAnswer MayTake(SessionWorkload victim, TaskSet loss) =>
            MinRuntime.Protects(MinRuntime.SafeFromPreemption(victim), victim, session.Now)
                ? VictimAnswer.SkipWorkload
                : VictimAnswer.Take;

        /// <summary>Nobody is displaced for what other queues would take back.</summary>
        public bool Accepts(IReadOnlyList<TaskSet> evicted)
        {
            for (var level = 0; level < queue.Path.Length; level++)
            {
                var above = queue.Path[level];
                if (!above.Allocated.IsWithin(Amounts.Most(before[level], above.AllocatableShare)))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
