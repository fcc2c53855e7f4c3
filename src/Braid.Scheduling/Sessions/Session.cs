using Braid.Scheduling.Fitting;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>A snapshot in the making of decisions: everything indexed, counted, and changed by the journal only.</summary>
internal sealed class Session
{
    private readonly List<TouchedQueues> watches = [];

    public Session(
        Snapshot snapshot,
        SessionNode[] nodes,
        QueueTree queues,
        SessionWorkload[] workloads,
        DemandTable demands,
        NamedResources names
    )
    {
        Snapshot = snapshot;
        Nodes = nodes;
        Queues = queues;
        Workloads = workloads;
        Demands = demands;
        Names = names;
        Journal = new(this);
        Total = nodes
            .Where(node => node.Source.IsReady)
            .Select(CapacityOf)
            .Aggregate(default(Resources), (a, b) => a + b);
    }

    public Snapshot Snapshot { get; }

    public Policy Policy => Snapshot.Policy;

    public DateTimeOffset Now => Snapshot.Now;

    /// <summary>By name.</summary>
    public SessionNode[] Nodes { get; }

    public QueueTree Queues { get; }

    /// <summary>By creation and id.</summary>
    public SessionWorkload[] Workloads { get; }

    public DemandTable Demands { get; }

    public NamedResources Names { get; }

    public Journal Journal { get; }

    /// <summary>What all ready nodes have.</summary>
    public Resources Total { get; }

    /// <summary>Notes that what a queue has changed, and with it its standing among others.</summary>
    public void Touch(SessionQueue? queue)
    {
        if (queue is null)
        {
            return;
        }

        foreach (var watch in watches)
        {
            watch.Add(queue);
        }
    }

    /// <summary>Begins to note the queues that change, until <see cref="Forget"/>.</summary>
    public TouchedQueues Watch()
    {
        var watch = new TouchedQueues(Queues.All.Length);
        watches.Add(watch);
        return watch;
    }

    public void Forget(TouchedQueues watch) => watches.Remove(watch);

    private static Resources CapacityOf(SessionNode node)
    {
        var slices = node.Source.MigInstances.Sum(pair => GpuNeed.SlicesOf(pair.Key) * pair.Value);
        return new(node.Source.CpuMillis, node.Source.MemoryBytes, node.Source.Gpus.Count + slices);
    }
}
