using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Tests.Properties;

/// <summary>Small clusters of every kind, from one seed.</summary>
internal sealed class RandomCluster(Random random)
{
    private static readonly string[] racks = ["r1", "r2"];
    private int named;

    public Snapshot Empty()
    {
        var queues = Queues();
        return new(Cluster.Epoch.AddDays(1))
        {
            Nodes = [.. Enumerable.Range(0, random.Next(1, 6)).Select(Node)],
            Queues = queues,
            Topologies = [new("racks", ["rack"])],
            Policy = Policy.Default with
            {
                GpuPlacement = Any(Placement.BinPack, Placement.Spread),
                MayMoveToReclaim = random.Next(4) > 0,
                ReclaimUpTo = random.Next(4) == 0 ? ReclaimGoal.Quota : ReclaimGoal.FairShare,
                MaxMoves = Any<int?>(null, 2, 16),
            },
        };
    }

    /// <summary>Some workloads more, some less, and time has passed.</summary>
    public Snapshot Change(Snapshot snapshot)
    {
        var parents = snapshot.Queues.Select(queue => queue.Parent).ToHashSet();
        Queue[] leaves = [.. snapshot.Queues.Where(queue => !parents.Contains(queue.Id))];
        var stay = snapshot.Workloads.Where(_ => random.Next(6) > 0);
        var come = Enumerable
            .Range(0, random.Next(0, 6))
            .Select(_ => Workload(leaves[random.Next(leaves.Length)], snapshot.Now));
        return snapshot with { Now = snapshot.Now.AddMinutes(1), Workloads = [.. stay, .. come] };
    }

    private Node Node(int number)
    {
        var gpus = Any(0, 1, 2, 4, 8);
        return new($"n{number}", Any(2, 8, 16) * 1000, Any(4, 16) * Cluster.Gigabyte)
        {
            Gpus = new(gpus, Any(0, 40_000, 80_000)),
            MigInstances =
                random.Next(5) == 0 ? new Dictionary<string, long> { ["1g.5gb"] = 3 } : new Dictionary<string, long>(),
            Labels = new Dictionary<string, string> { ["rack"] = Any(racks) },
            Taints = random.Next(6) == 0 ? [new("team", "x")] : [],
            IsReady = random.Next(10) > 0,
        };
    }

    private List<Queue> Queues()
    {
        var queues = new List<Queue>();
        for (var top = 0; top < random.Next(1, 4); top++)
        {
            var parent = Queue($"d{top}", null);
            queues.Add(parent);
            for (var child = 0; child < random.Next(0, 3); child++)
            {
                queues.Add(Queue($"d{top}p{child}", parent));
            }
        }

        return queues;
    }

    private Queue Queue(string name, Queue? parent) =>
        new(Cluster.QueueIdOf(name), name)
        {
            Parent = parent?.Id,
            Priority = Any(100, 100, 200),
            CreatedAt = Cluster.Epoch.AddSeconds(random.Next(5)),
            Cpu = Any(Allowance.Everything, Allowance.Of(4000), new(2000, 12000, 1)),
            Memory = Any(Allowance.Everything, Allowance.Of(8 * Cluster.Gigabyte)),
            Gpu = new(Any(-1, 0, 1, 2, 4), Any(-1, -1, 3, 6), Any(0, 1, 1, 2)),
            PreemptMinRuntime = random.Next(4) == 0 ? TimeSpan.FromMinutes(2) : null,
            ReclaimMinRuntime = random.Next(4) == 0 ? TimeSpan.FromMinutes(2) : null,
        };

    private Workload Workload(Queue queue, DateTimeOffset now)
    {
        var name = $"w{named++}";
        var groups = Enumerable
            .Range(0, random.Next(4) == 0 ? 2 : 1)
            .Select(number => Group($"{name}g{number}"))
            .ToList();
        return new(Cluster.RunIdOf(name), name, queue.Id, groups)
        {
            Priority = Any(50, 50, 75, 100, 125),
            CreatedAt = now.AddSeconds(random.Next(10)),
            Topology = random.Next(6) == 0 ? new("racks", Any("rack", null), "rack") : null,
        };
    }

    private Group Group(string name)
    {
        var count = random.Next(1, 5);
        var request = new ReplicaRequest(Any(0, 500, 1000, 3000), Any(0, 1, 2) * Cluster.Gigabyte) { Gpu = Gpu() };
        var rules = random.Next(6) == 0 ? new NodeRules { Tolerations = [new("team")] } : NodeRules.None;
        return new(
            name,
            random.Next(0, count + 1),
            [.. Enumerable.Range(0, count).Select(i => new Replica($"{name}-{i}", i, request) { Rules = rules })]
        );
    }

    private GpuRequest Gpu() =>
        random.Next(8) switch
        {
            0 or 1 => GpuRequest.Nothing,
            2 => new GpuRequest.Fraction(Any(0.1, 0.25, 0.5, 1.0 / 3), Any(1, 1, 2)),
            3 => new GpuRequest.Memory(Any(10_000, 20_000, 30_000)),
            4 => new GpuRequest.Mig("1g.5gb"),
            _ => new GpuRequest.Whole(Any(1, 1, 2, 4)),
        };

    private T Any<T>(params ReadOnlySpan<T> of) => of[random.Next(of.Length)];
}
