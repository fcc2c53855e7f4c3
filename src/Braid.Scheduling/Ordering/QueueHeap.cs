using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Ordering;

/// <summary>
/// Workloads in the order of their queues: a heap of heaps along the tree. Queues are compared through the best workload
/// below them; those whose standing changed are moved lazily, before the next look.
/// </summary>
internal sealed class QueueHeap : IDisposable
{
    private readonly Session session;
    private readonly TouchedQueues touched;
    private readonly bool isForVictims;
    private readonly QueueOrder order;
    private readonly QueueLevel tops;
    private readonly QueueLevel?[] children;
    private readonly Heap<SessionWorkload>?[] workloads;

    /// <summary>By queue in a heap: what it was put there with. A queue whose standing changes is measured again before the next look.</summary>
    private readonly QueueStanding[] standings;
    private readonly HashSet<SessionQueue> hidden = [];

    /// <param name="isForVictims">Whether the last comes first, each with what it would lose.</param>
    public QueueHeap(Session session, bool isForVictims)
    {
        this.session = session;
        this.isForVictims = isForVictims;
        touched = session.Watch();
        order = new(session.Total);
        tops = new(Compare);
        children = new QueueLevel?[session.Queues.All.Length];
        workloads = new Heap<SessionWorkload>?[session.Queues.All.Length];
        standings = new QueueStanding[session.Queues.All.Length];
    }

    public bool IsEmpty => tops.Count == 0;

    /// <summary>The number of workloads of the queue that wait here.</summary>
    public int CountOf(SessionQueue leaf) => workloads[leaf.Rank]?.Count ?? 0;

    public void Dispose() => session.Forget(touched);

    public void Push(SessionWorkload workload)
    {
        Add(workload);
        Show(workload.Queue!);
    }

    /// <summary>The same for several; each of their queues finds its place once.</summary>
    public void Push(IEnumerable<SessionWorkload> several)
    {
        var leaves = new HashSet<SessionQueue>();
        foreach (var workload in several)
        {
            Add(workload);
            leaves.Add(workload.Queue!);
        }

        foreach (var leaf in leaves)
        {
            Show(leaf);
        }
    }

    /// <summary>Takes the first workload; its queue stands where what is behind it puts it.</summary>
    public SessionWorkload Pop()
    {
        Reorder();
        var queue = tops.Top;
        while (queue.Children.Count > 0)
        {
            queue = children[queue.Rank]!.Top;
        }

        var popped = workloads[queue.Rank]!.Pop();
        Settle(queue);
        return popped;
    }

    /// <summary>Passes over all that the queue still has.</summary>
    public void Hide(SessionQueue leaf)
    {
        hidden.Add(leaf);
        Settle(leaf);
    }

    /// <summary>Passes over no queue any more.</summary>
    public void ShowAll()
    {
        if (hidden.Count == 0)
        {
            return;
        }

        SessionQueue[] shown = [.. hidden];
        hidden.Clear();
        foreach (var leaf in shown.Where(leaf => CountOf(leaf) > 0))
        {
            Enter(leaf);
        }
    }

    private void Add(SessionWorkload workload) =>
        (workloads[workload.Queue!.Rank] ??= new(CompareWorkloads)).Push(workload);

    private void Show(SessionQueue leaf)
    {
        if (!hidden.Contains(leaf))
        {
            Enter(leaf);
        }
    }

    /// <summary>Makes sure that the queue, and those above, are in their heaps.</summary>
    private void Enter(SessionQueue leaf)
    {
        foreach (var queue in leaf.Path)
        {
            var heap = HeapOf(queue);
            Measure(queue);
            if (heap.Contains(queue))
            {
                heap.Update(queue);
            }
            else
            {
                heap.Push(queue);
            }
        }
    }

    /// <summary>Moves the queue and those above to where they belong, or out when nothing is left below them.</summary>
    private void Settle(SessionQueue leaf)
    {
        foreach (var queue in leaf.Path)
        {
            var heap = HeapOf(queue);
            if (!heap.Contains(queue))
            {
                continue;
            }

            if (HasNone(queue))
            {
                heap.Remove(queue);
            }
            else
            {
                Measure(queue);
                heap.Update(queue);
            }
        }
    }

    private void Reorder()
    {
        var changed = touched.Take();
        if (changed.Count == 1)
        {
            Settle(changed[0]);
        }
        else if (changed.Count > 1)
        {
            Rebuild(changed);
        }
    }

    /// <summary>Several standings changed at once: each heap above them is put in order as a whole, the lowest first.</summary>
    private void Rebuild(IReadOnlyList<SessionQueue> changed)
    {
        foreach (var leaf in isForVictims ? changed : [])
        {
            workloads[leaf.Rank]?.Rebuild();
        }

        var above = changed.SelectMany(leaf => leaf.Path).Distinct();
        foreach (var level in above.ToLookup(queue => queue.Path.Length).OrderByDescending(level => level.Key))
        {
            Rebuild(level);
        }
    }

    /// <summary>Queues of one depth, when all below them are in order.</summary>
    private void Rebuild(IEnumerable<SessionQueue> level)
    {
        var heaps = new HashSet<QueueLevel>();
        foreach (var queue in level)
        {
            var heap = HeapOf(queue);
            if (heap.Contains(queue))
            {
                Measure(queue);
                heaps.Add(heap);
            }
        }

        foreach (var heap in heaps)
        {
            heap.Rebuild();
        }
    }

    private bool HasNone(SessionQueue queue) =>
        queue.Children.Count == 0
            ? CountOf(queue) == 0 || hidden.Contains(queue)
            : (children[queue.Rank]?.Count ?? 0) == 0;

    private QueueLevel HeapOf(SessionQueue queue) =>
        queue.Parent is null ? tops : children[queue.Parent.Rank] ??= new(Compare);

    private SessionWorkload Best(SessionQueue queue)
    {
        while (queue.Children.Count > 0)
        {
            queue = children[queue.Rank]!.Top;
        }

        return workloads[queue.Rank]!.Top;
    }

    private void Measure(SessionQueue queue)
    {
        var best = Best(queue);
        standings[queue.Rank] = order.Of(queue, isForVictims ? Loss(best) : best.Next.Cost);
    }

    private int Compare(SessionQueue left, SessionQueue right) =>
        isForVictims
            ? QueueOrder.Compare(standings[right.Rank], standings[left.Rank])
            : QueueOrder.Compare(standings[left.Rank], standings[right.Rank]);

    private static Resources Loss(SessionWorkload victim) => default(Resources) - victim.NextLoss.Cost;

    private int CompareWorkloads(SessionWorkload left, SessionWorkload right) =>
        isForVictims ? WorkloadOrder.Compare(right, left) : WorkloadOrder.Compare(left, right);
}
