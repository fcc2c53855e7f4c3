using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>
/// Moves preemptible replicas closer together so that a pending preemptible workload finds room. Everybody who is moved has
/// a new place: nothing is ended for good.
/// </summary>
internal sealed class Consolidate(Cycle cycle)
{
    private readonly Session session = cycle.Session;
    private readonly VictimSolver solver = new(cycle);
    private readonly FailedBefore failed = new();

    public void Run()
    {
        var rules = new Rules(session);
        var devices = FutureDevices() + Sharing.Amounts.Nothing;
        using var victims = new VictimOrder(session, session.Workloads);
        using var pending = new PendingWorkloads(
            cycle,
            session.Policy.Depths.Consolidate,
            workload => workload.IsPreemptible && Cycle.MayDisplace(workload) && workload.Next.Cost.Gpus <= devices
        );
        while (pending.TryTake(out var workload))
        {
            var tasks = workload.Next;
            if (!QueueRoom.Has(workload, tasks.Cost) || failed.Covers(workload, tasks))
            {
                continue;
            }

            if (!solver.TrySolve(workload, victims, rules))
            {
                failed.Add(workload, tasks);
            }
        }
    }

    /// <summary>What is free, or will be, anywhere.</summary>
    private double FutureDevices() =>
        session
            .Nodes.Where(node => node.Source.IsReady && node.HasGpus)
            .Sum(node => Math.Max(0, node.UnitsFuture) / (double)node.DeviceUnits + MigSlices(node));

    private double MigSlices(SessionNode node) =>
        node.Source.MigInstances.Keys.Sum(profile =>
            GpuNeed.SlicesOf(profile) * node.Future.Named(session.Names.NumberOf(GpuNeed.NameOf(profile)))
        );

    private sealed class Rules(Session session) : IVictimRules
    {
        public EvictionReason Reason => EvictionReason.Consolidated;

        public bool MayMove => true;

        public int? MaxReplicas => session.Policy.MaxMoves;

        public VictimAnswer MayTake(SessionWorkload victim, TaskSet loss) => VictimAnswer.Take;

        public bool Accepts(IReadOnlyList<TaskSet> evicted) => evicted.Count == 0;
    }
}
