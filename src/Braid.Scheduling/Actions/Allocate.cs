using Braid.Scheduling.Fitting;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>
/// Gives what is free, and promises what will be:
/// <code>
/// 1. those first that were promised something: others may have been displaced for them;
/// 2. then the first workload in the order of queues,
/// 3. what it is to have next, all or nothing,
/// 4. decided at once; a workload that wants more takes its place in the order again.
/// </code>
/// </summary>
internal sealed class Allocate(Cycle cycle)
{
    private readonly FailedBefore failed = new();

    public void Run()
    {
        Run(depth: null, WasPromised);
        Run(cycle.Session.Policy.Depths.Allocate, workload => workload.Next.Count > 0);
    }

    private void Run(int? depth, Func<SessionWorkload, bool> concerns)
    {
        using var pending = new PendingWorkloads(cycle, depth, concerns);
        while (pending.TryTake(out var workload))
        {
            if (TryPlaceNext(workload) && concerns(workload))
            {
                pending.Return(workload);
            }
        }
    }

    private static bool WasPromised(SessionWorkload workload) =>
        workload.Next.Replicas.Any(replica => replica.Nominated is not null);

    private bool TryPlaceNext(SessionWorkload workload)
    {
        var tasks = workload.Next;
        if (tasks.Count == 0 || !QueueRoom.Has(workload, tasks.Cost) || failed.Covers(workload, tasks))
        {
            return false;
        }

        if (!cycle.Placer.TryPlace(workload, tasks, mayBind: true))
        {
            failed.Add(workload, tasks);
            return false;
        }

        cycle.Commit(EvictionReason.Consolidated, by: null);
        return true;
    }
}
