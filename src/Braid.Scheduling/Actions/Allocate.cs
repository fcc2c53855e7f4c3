using Braid.Scheduling.Ordering;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>
/// Gives what is free, and promises what will be:
/// <code>
/// 1. the first workload in the order of queues,
/// 2. what it is to have next, all or nothing,
/// 3. decided at once; a workload that wants more takes its place in the order again.
/// </code>
/// </summary>
internal sealed class Allocate(Cycle cycle)
{
    private readonly Session session = cycle.Session;
    private readonly Unplaceable unplaceable = new();
    private readonly Dictionary<SessionQueue, int> looked = [];

    public void Run()
    {
        using var heap = new QueueHeap(session, isForVictims: false);
        foreach (var workload in cycle.Contenders())
        {
            heap.Push(workload);
        }

        while (!heap.IsEmpty)
        {
            var workload = heap.Pop();
            if (!IsWithinDepth(workload))
            {
                continue;
            }

            if (TryPlaceNext(workload) && workload.Next.Count > 0)
            {
                heap.Push(workload);
            }
        }
    }

    private bool TryPlaceNext(SessionWorkload workload)
    {
        var tasks = workload.Next;
        if (tasks.Count == 0 || unplaceable.Contains(workload, tasks))
        {
            return false;
        }

        if (!Fitting.QueueRoom.Has(workload, tasks.Cost))
        {
            return false;
        }

        if (!cycle.Placer.TryPlace(workload, tasks, mayBind: true))
        {
            unplaceable.Add(workload, tasks);
            return false;
        }

        cycle.Commit(EvictionReason.Consolidated, by: null);
        return true;
    }

    /// <summary>A workload that comes back for more of the same counts once.</summary>
    private bool IsWithinDepth(SessionWorkload workload)
    {
        if (session.Policy.Depths.Allocate is not { } depth || workload.IsDecided)
        {
            return true;
        }

        var queue = workload.Queue!;
        looked[queue] = looked.GetValueOrDefault(queue) + 1;
        if (looked[queue] <= depth)
        {
            return true;
        }

        cycle.PassedOver[workload] = depth;
        return false;
    }
}
