using Braid.Primitives;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Benchmarks;

/// <summary>Large clusters, the same each time.</summary>
internal static class Shapes
{
    private const int Nodes = 1000;
    private const int Departments = 10;
    private const int ProjectsOfEach = 99;
    private const int Jobs = 10_000;
    private const long Gigabyte = 1_000_000_000;

    private static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Snapshot Empty() => Cluster(8) with { Workloads = [.. Enumerable.Range(0, Jobs).Select(Pending)] };

    /// <summary>Every device is taken by workloads of the first half of the queues.</summary>
    public static Snapshot Full() =>
        Cluster(8) with
        {
            Workloads =
            [
                .. Enumerable.Range(0, Nodes * 8).Select(i => Running(i, i / 8, LeafOf(i % 500))),
                .. Enumerable.Range(0, Jobs).Select(Pending),
            ],
        };

    public static Snapshot Varied() =>
        Cluster(8) with
        {
            Workloads =
            [
                .. Enumerable.Range(0, Jobs).Select(i => Workload(i, LeafOf(i), Request(1 + (i % 4), 1000 + i), 1)),
            ],
        };

    /// <summary>One queue has borrowed all; another wants a tenth of it at once.</summary>
    public static Snapshot Reclaim()
    {
        var cluster = Cluster(10);
        var mine = LeafOf(0) with
        {
            Gpu = Allowance.Of(1000),
            Cpu = Allowance.Everything,
            Memory = Allowance.Everything,
        };
        return cluster with
        {
            Queues = [.. cluster.Queues.Select(queue => queue.Id == mine.Id ? mine : queue)],
            Workloads =
            [
                .. Enumerable.Range(0, Nodes * 10).Select(i => Running(i, i / 10, LeafOf(1 + (i % 3)))),
                Workload(Jobs * 3, mine, Request(1, 1), 1000),
            ],
        };
    }

    private static Snapshot Cluster(int gpus) =>
        new(start.AddDays(1))
        {
            Nodes =
            [
                .. Enumerable
                    .Range(0, Nodes)
                    .Select(i => new Node($"node-{i:d4}", 128_000, 1000 * Gigabyte) { Gpus = new(gpus, 80_000) }),
            ],
            Queues =
            [
                .. Enumerable.Range(0, Departments).Select(i => Queue(i, null, 800)),
                .. Enumerable.Range(0, Departments * ProjectsOfEach).Select(LeafOf),
            ],
        };

    private static Queue LeafOf(int i)
    {
        var project = i % (Departments * ProjectsOfEach);
        return Queue(Departments + project, new QueueId(new Hex32((UInt128)(project % Departments) + 1)), 8);
    }

    private static Queue Queue(int i, QueueId? parent, double gpus) =>
        new(new(new Hex32((UInt128)i + 1)), $"queue-{i}")
        {
            Parent = parent,
            Cpu = Allowance.Everything,
            Memory = Allowance.Everything,
            Gpu = Allowance.Of(gpus),
            CreatedAt = start.AddSeconds(i),
        };

    private static Workload Pending(int i) =>
        Workload(i, LeafOf(i * 7), Request(1 << (i % 4), 1000), i % 10 == 0 ? 4 : 1);

    private static Workload Running(int i, int node, Queue queue)
    {
        var workload = Workload(Jobs + i, queue, Request(1, 1000), 1);
        var group = workload.Groups[0];
        var replica = group.Replicas[0] with { State = ReplicaState.Running, Node = $"node-{node:d4}" };
        return workload with { Groups = [group with { Replicas = [replica] }], LastStart = start };
    }

    private static Workload Workload(int i, Queue queue, ReplicaRequest request, int replicas) =>
        new(
            new(new Hex32((UInt128)i + 1)),
            $"workload-{i}",
            queue.Id,
            [
                new(
                    "main",
                    replicas,
                    [.. Enumerable.Range(0, replicas).Select(r => new Replica($"w{i}-{r}", r, request))]
                ),
            ]
        )
        {
            CreatedAt = start.AddSeconds(i % 1000),
            Priority = 50 + (i % 3),
        };

    private static ReplicaRequest Request(int gpus, long cpu) =>
        new(cpu, Gigabyte) { Gpu = new GpuRequest.Whole(gpus) };
}
