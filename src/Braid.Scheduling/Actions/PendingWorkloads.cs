using System.Diagnostics.CodeAnalysis;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>The workloads that an action looks at: in the order of queues, of each queue only the first few.</summary>
internal sealed class PendingWorkloads : IDisposable
{
    private readonly Cycle cycle;
    private readonly int? depth;
    private readonly QueueHeap heap;
    private readonly Dictionary<SessionQueue, int> looked = [];
    private readonly HashSet<SessionWorkload> returned = [];

    public PendingWorkloads(Cycle cycle, int? depth, Func<SessionWorkload, bool> mayHave)
    {
        this.cycle = cycle;
        this.depth = depth;
        heap = new(cycle.Session, isForVictims: false);
        heap.Push(cycle.Contenders().Where(mayHave));
    }

    /// <summary>Whoever lost replicas to others of this action could not start with what it has left to place.</summary>
    public bool TryTake([NotNullWhen(true)] out SessionWorkload? workload)
    {
        while (!heap.IsEmpty)
        {
            workload = heap.Pop();
            if (!workload.IsReady)
            {
                continue;
            }

            if (IsWithinDepth(workload))
            {
                return true;
            }

            cycle.PassedOver.TryAdd(workload, depth ?? 0);
        }

        workload = null;
        return false;
    }

    /// <summary>Has a workload that wants more take its new place in the order.</summary>
    public void Return(SessionWorkload workload)
    {
        returned.Add(workload);
        heap.Push(workload);
    }

    public void Dispose() => heap.Dispose();

    /// <summary>A workload that came back counts once.</summary>
    private bool IsWithinDepth(SessionWorkload workload)
    {
        if (depth is null || returned.Contains(workload))
        {
            return true;
        }

        var queue = workload.Queue!;
        looked[queue] = looked.GetValueOrDefault(queue) + 1;
        return looked[queue] <= depth;
    }
}
