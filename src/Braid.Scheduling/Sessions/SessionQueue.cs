using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>A queue while a cycle decides. Amounts without bound are infinite here.</summary>
internal sealed class SessionQueue(Queue source, int rank)
{
    public Queue Source { get; } = source;

    /// <summary>Its place by creation and id; also its index in the session.</summary>
    public int Rank { get; } = rank;

    /// <summary>Its place among its siblings.</summary>
    public int Sibling { get; set; }

    /// <summary>Null at the top, and for a queue whose parent does not exist.</summary>
    public SessionQueue? Parent { get; set; }

    public List<SessionQueue> Children { get; } = [];

    /// <summary>The queues from this one to the top.</summary>
    public SessionQueue[] Path { get; set; } = [];

    public Resources Quota { get; } = Bound(source, allowance => allowance.Quota);

    public Resources Limit { get; } = Bound(source, allowance => allowance.Limit);

    public Resources FairShare { get; set; }

    /// <summary>Up to what it is not over-allocated: its limit, or the larger of quota and fair share.</summary>
    public Resources AllocatableShare { get; set; }

    public Resources Requested { get; set; }

    public Resources Allocated { get; private set; }

    public Resources AllocatedNonPreemptible { get; private set; }

    /// <summary>What it had when the cycle began.</summary>
    public Resources AllocatedAtStart { get; set; }

    public Resources NonPreemptibleAtStart { get; set; }

    /// <summary>More of everything than its fair share.</summary>
    public bool IsOverUtilised => FairShare.IsBelow(Allocated);

    public void Add(Resources cost, bool isPreemptible)
    {
        foreach (var queue in Path)
        {
            queue.Allocated = queue.Allocated.Plus(cost);
            queue.AllocatedNonPreemptible = isPreemptible
                ? queue.AllocatedNonPreemptible
                : queue.AllocatedNonPreemptible.Plus(cost);
        }
    }

    public void Remove(Resources cost, bool isPreemptible)
    {
        foreach (var queue in Path)
        {
            queue.Allocated = queue.Allocated.Minus(cost);
            queue.AllocatedNonPreemptible = isPreemptible
                ? queue.AllocatedNonPreemptible
                : queue.AllocatedNonPreemptible.Minus(cost);
        }
    }

    private static Resources Bound(Queue queue, Func<Allowance, double> of) =>
        new(Finite(of(queue.Cpu)), Finite(of(queue.Memory)), Finite(of(queue.Gpu)));

    private static double Finite(double amount) => amount < 0 ? double.PositiveInfinity : amount;
}
