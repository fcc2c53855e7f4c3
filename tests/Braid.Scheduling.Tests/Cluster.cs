using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Tests;

/// <summary>A cluster in the making, by names. Ids come from names, ages from the order of the calls.</summary>
internal sealed class Cluster
{
    public const long Gigabyte = 1_000_000_000;

    private readonly List<Node> nodes = [];
    private readonly List<Queue> queues = [];
    private readonly List<Workload> workloads = [];
    private readonly List<Topology> topologies = [];
    private Policy policy = Policy.Default;
    private int age;

    public static DateTimeOffset Epoch { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Epoch.AddDays(1);

    public Snapshot Snapshot =>
        new(Now)
        {
            Nodes = nodes,
            Queues = queues,
            Workloads = workloads,
            Topologies = topologies,
            Policy = policy,
        };

    public static QueueId QueueIdOf(string name) => new(Digits(name));

    public static RunId RunIdOf(string name) => new(Digits(name));

    /// <summary>Requests of one replica: a thousandth of a core and a byte, so that devices are what is short.</summary>
    public static ReplicaRequest Gpus(int devices) => new(1, 1) { Gpu = new GpuRequest.Whole(devices) };

    public static ReplicaRequest Part(double portion, int devices = 1) =>
        new(1, 1) { Gpu = new GpuRequest.Fraction(portion, devices) };

    public static ReplicaRequest Cpu(double cores, double gigabytes = 0) =>
        new((long)(cores * 1000), (long)(gigabytes * Gigabyte));

    public Cluster Node(
        string name,
        int gpus = 0,
        double cores = 64,
        double gigabytes = 256,
        Func<Node, Node>? with = null
    )
    {
        var node = new Node(name, (long)(cores * 1000), (long)(gigabytes * Gigabyte)) { Gpus = new(gpus, 80_000) };
        nodes.Add(with?.Invoke(node) ?? node);
        return this;
    }

    /// <summary>A queue with unlimited processors and memory.</summary>
    public Cluster Queue(
        string name,
        double gpus = 0,
        string? parent = null,
        double limit = Allowance.Unlimited,
        double weight = 1,
        Func<Queue, Queue>? with = null
    )
    {
        var queue = new Queue(QueueIdOf(name), name)
        {
            Parent = parent is null ? null : QueueIdOf(parent),
            Cpu = Allowance.Everything,
            Memory = Allowance.Everything,
            Gpu = new(gpus, limit, weight),
            CreatedAt = Epoch.AddSeconds(age++),
        };
        queues.Add(with?.Invoke(queue) ?? queue);
        return this;
    }

    /// <summary>A workload of one group whose replicas all run together.</summary>
    public Cluster Pending(
        string name,
        string queue,
        ReplicaRequest request,
        int replicas = 1,
        int? min = null,
        Func<Workload, Workload>? with = null
    ) => Add(name, queue, Replicas(name, replicas, request), min ?? replicas, with);

    /// <summary>A workload of one group, each replica on the node named.</summary>
    public Cluster Running(
        string name,
        string queue,
        ReplicaRequest request,
        string[] on,
        int? min = null,
        Func<Workload, Workload>? with = null
    )
    {
        var replicas = Replicas(name, on.Length, request)
            .Select((replica, i) => replica with { State = ReplicaState.Running, Node = on[i] });
        return Add(name, queue, [.. replicas], min ?? on.Length, with);
    }

    public Cluster Add(
        string name,
        string queue,
        IReadOnlyList<Replica> replicas,
        int min,
        Func<Workload, Workload>? with = null
    )
    {
        var workload = new Workload(RunIdOf(name), name, QueueIdOf(queue), [new("main", min, replicas)])
        {
            CreatedAt = Epoch.AddSeconds(age++),
        };
        workloads.Add(with?.Invoke(workload) ?? workload);
        return this;
    }

    public Cluster Topology(string name, params string[] levels)
    {
        topologies.Add(new(name, levels));
        return this;
    }

    public Cluster With(Func<Policy, Policy> change)
    {
        policy = change(policy);
        return this;
    }

    public Decisions Decide() => Scheduler.Decide(Snapshot);

    /// <summary>One line for each step: <c>bind w-0 n1[0]</c>.</summary>
    public string[] Steps() => [.. Decide().Steps.Select(Text)];

    public static IReadOnlyList<Replica> Replicas(string name, int count, ReplicaRequest request) =>
        [.. Enumerable.Range(0, count).Select(i => new Replica($"{name}-{i}", i, request))];

    /// <summary>What a failed property prints of a snapshot.</summary>
    public static string Describe(Snapshot snapshot)
    {
        var shares = Scheduler.Decide(snapshot).Shares.ToDictionary(share => share.Queue);
        var queues = snapshot.Queues.Select(queue =>
            $"{queue.Name} p{queue.Priority} cpu {queue.Cpu} gpu {queue.Gpu} memory {queue.Memory}\n  share {shares[queue.Id].FairShare}"
            + $"\n  has   {shares[queue.Id].Allocated}\n  asks  {shares[queue.Id].Requested}\n"
        );
        var workloads = snapshot.Workloads.Select(workload =>
            $"{workload.Name} in {snapshot.Queues.First(queue => queue.Id == workload.Queue).Name} p{workload.Priority}: "
            + string.Join(
                "; ",
                workload.Groups.Select(group =>
                    $"{group.Name} min {group.Min} {group.Replicas[0].Request}: "
                    + string.Join(
                        ", ",
                        group.Replicas.Select(replica => $"{replica.Id} {replica.State} {replica.Node}")
                    )
                )
            )
            + "\n"
        );
        return string.Concat([.. queues, .. workloads, $"{snapshot.Policy}\n"]);
    }

    public static string Text(Decision step) =>
        step switch
        {
            Decision.Bind bind => $"bind {bind.Replica} {Text(bind.Place)}",
            Decision.Promise promise => $"promise {promise.Replica} {Text(promise.Place)}",
            Decision.Evict evict => $"evict {evict.Replica} {evict.Reason}",
            Decision.Move move => $"move {move.Replica} {move.From} to {Text(move.To)}",
            _ => step.ToString(),
        };

    private static string Text(Place place) =>
        place.Gpus.Count == 0 ? place.Node : $"{place.Node}[{string.Join(",", place.Gpus)}]";

    private static Hex32 Digits(string name)
    {
        var value = UInt128.Zero;
        foreach (var letter in name)
        {
            value = (value << 8) | letter;
        }

        return new(value);
    }
}
