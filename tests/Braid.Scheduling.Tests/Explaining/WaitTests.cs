using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;
using Braid.Testing;
using static Braid.Scheduling.Tests.Cluster;

namespace Braid.Scheduling.Tests.Explaining;

/// <summary>Every reason to wait is told, and the workload starts when what it names is gone.</summary>
public sealed class WaitTests
{
    private static readonly Dictionary<string, (Func<Cluster> Blocked, Func<Snapshot, Snapshot> Unblocked)> cases =
        new()
        {
            ["queue-missing"] = (
                () => new Cluster().Node("n", 1).Pending("w", "q", Gpus(1)),
                snapshot => snapshot with { Queues = new Cluster().Queue("q").Snapshot.Queues }
            ),
            ["queue-parent-missing"] = (
                () => new Cluster().Node("n", 1).Queue("q", parent: "gone").Pending("w", "q", Gpus(1)),
                snapshot =>
                    snapshot with
                    {
                        Queues = new Cluster().Queue("gone").Queue("q", parent: "gone").Snapshot.Queues,
                    }
            ),
            ["queue-not-leaf"] = (
                () => new Cluster().Node("n", 1).Queue("q").Queue("child", parent: "q").Pending("w", "q", Gpus(1)),
                snapshot => snapshot with { Queues = new Cluster().Queue("q").Snapshot.Queues }
            ),
            ["suspended"] = (
                () => Small().Pending("w", "q", Gpus(1), with: workload => workload with { IsSuspended = true }),
                snapshot => Change(snapshot, workload => workload with { IsSuspended = false })
            ),
            ["group-incomplete"] = (
                () => Small().Pending("w", "q", Gpus(1), replicas: 1, min: 2),
                snapshot => ChangeGroup(snapshot, group => group with { Min = 1 })
            ),
            ["queue-over-limit"] = (
                () => new Cluster().Node("n", 4).Queue("q", limit: 1).Pending("w", "q", Gpus(2)),
                snapshot => snapshot with { Queues = new Cluster().Queue("q", limit: 2).Snapshot.Queues }
            ),
            ["non-preemptible-over-quota"] = (
                () => Small().Pending("w", "q", Gpus(1), with: workload => workload with { Preemptible = false }),
                snapshot => Change(snapshot, workload => workload with { Preemptible = true })
            ),
            ["fair-share-reached"] = (
                () =>
                    new Cluster()
                        .Node("n", 1)
                        .Queue("q")
                        .Queue("o", gpus: 1)
                        .Running("r", "o", Gpus(1), ["n"])
                        .Pending("w", "q", Gpus(1)),
                snapshot => snapshot with { Queues = new Cluster().Queue("q", gpus: 1).Queue("o").Snapshot.Queues }
            ),
            ["gang-unmet"] = (
                () => Small().Pending("w", "q", Gpus(1), replicas: 3),
                snapshot => snapshot with { Nodes = new Cluster().Node("n", 3).Snapshot.Nodes }
            ),
            ["node-not-ready"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Node("n", 1, with: node => node with { IsReady = false })
                        .Pending("w", "q", Gpus(1)),
                snapshot => ChangeNode(snapshot, node => node with { IsReady = true })
            ),
            ["node-cordoned"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Node("n", 1, with: node => node with { IsReady = false, IsCordoned = true })
                        .Pending("w", "q", Gpus(1)),
                snapshot => ChangeNode(snapshot, node => node with { IsReady = true, IsCordoned = false })
            ),
            ["node-pool"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Node("n", 1, with: node => node with { Pool = "other" })
                        .Pending("w", "q", Gpus(1)),
                snapshot => ChangeNode(snapshot, node => node with { Pool = Node.DefaultPool })
            ),
            ["node-selector"] = (
                () => Picky(new() { Selector = new Dictionary<string, string> { ["disk"] = "ssd" } }),
                snapshot =>
                    ChangeNode(
                        snapshot,
                        node => node with { Labels = new Dictionary<string, string> { ["disk"] = "ssd" } }
                    )
            ),
            ["node-affinity"] = (
                () => Picky(new() { Required = [new([new("disk", LabelOperator.In, ["ssd"])])] }),
                snapshot =>
                    ChangeNode(
                        snapshot,
                        node => node with { Labels = new Dictionary<string, string> { ["disk"] = "ssd" } }
                    )
            ),
            ["node-taint"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Node("n", 1, with: node => node with { Taints = [new("a", "b")] })
                        .Pending("w", "q", Gpus(1)),
                snapshot => ChangeNode(snapshot, node => node with { Taints = [] })
            ),
            ["topology-unmet"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Topology("t", "rack")
                        .Node(
                            "n1",
                            1,
                            with: node => node with { Labels = new Dictionary<string, string> { ["rack"] = "1" } }
                        )
                        .Node(
                            "n2",
                            1,
                            with: node => node with { Labels = new Dictionary<string, string> { ["rack"] = "2" } }
                        )
                        .Pending("w", "q", Gpus(1), 2, with: workload => workload with { Topology = new("t", "rack") }),
                snapshot =>
                    ChangeNode(
                        snapshot,
                        node => node with { Labels = new Dictionary<string, string> { ["rack"] = "1" } }
                    )
            ),
            ["not-enough-cpu"] = (
                () => Small().Pending("w", "q", Cpu(65)),
                snapshot => ChangeNode(snapshot, node => node with { CpuMillis = 65_000 })
            ),
            ["not-enough-memory"] = (
                () => Small().Pending("w", "q", Cpu(1, 300)),
                snapshot => ChangeNode(snapshot, node => node with { MemoryBytes = 300 * Gigabyte })
            ),
            ["not-enough-gpu"] = (
                () => Small().Running("r", "q", Gpus(1), ["n"]).Pending("w", "q", Gpus(2)),
                snapshot =>
                    snapshot with
                    {
                        Workloads = [.. snapshot.Workloads.Where(workload => workload.Name == "w")],
                    }
            ),
            ["not-enough-gpu-fraction"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Node("n", 1)
                        .Running("r", "q", Part(0.75), ["n"])
                        .Pending("w", "q", Part(0.5)),
                snapshot =>
                    snapshot with
                    {
                        Workloads = [.. snapshot.Workloads.Where(workload => workload.Name == "w")],
                    }
            ),
            ["not-enough-gpu-memory"] = (
                () => Small().Pending("w", "q", new(1, 1) { Gpu = new GpuRequest.Memory(90_000) }),
                snapshot => ChangeNode(snapshot, node => node with { Gpus = new(2, 90_000) })
            ),
            ["not-enough-mig"] = (
                () => Small().Pending("w", "q", new(1, 1) { Gpu = new GpuRequest.Mig("1g.5gb") }),
                snapshot =>
                    ChangeNode(
                        snapshot,
                        node => node with { MigInstances = new Dictionary<string, long> { ["1g.5gb"] = 1 } }
                    )
            ),
            ["not-enough-extended"] = (
                () =>
                    Small()
                        .Pending("w", "q", new(1, 1) { Extended = new Dictionary<string, long> { ["rdma/hca"] = 1 } }),
                snapshot =>
                    ChangeNode(
                        snapshot,
                        node => node with { Extended = new Dictionary<string, long> { ["rdma/hca"] = 1 } }
                    )
            ),
            ["not-enough-replicas"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Node("n", 1, with: node => node with { MaxReplicas = 0 })
                        .Pending("w", "q", Gpus(1)),
                snapshot => ChangeNode(snapshot, node => node with { MaxReplicas = 1 })
            ),
            ["no-room"] = (
                () =>
                    Enumerable
                        .Range(0, 100)
                        .Aggregate(Small(), (cluster, i) => cluster.Pending($"p{i}", "q", Cpu(65 + i)))
                        .Pending("w", "q", Gpus(9)),
                snapshot => snapshot with { Nodes = new Cluster().Node("n", 9).Snapshot.Nodes }
            ),
            ["victims-protected"] = (
                () =>
                    new Cluster()
                        .Queue("q", gpus: 1, with: queue => queue with { PreemptMinRuntime = TimeSpan.FromDays(9) })
                        .Node("n", 1)
                        .Running("r", "q", Gpus(1), ["n"], with: r => r with { LastStart = Epoch })
                        .Pending("w", "q", Gpus(1), with: workload => workload with { Priority = 75 }),
                snapshot => snapshot with { Now = Epoch.AddDays(10) }
            ),
            ["queue-depth"] = (
                () =>
                    Small()
                        .With(policy => policy with { Depths = policy.Depths with { Allocate = 1 } })
                        .Pending("big", "q", Gpus(9))
                        .Pending("w", "q", Gpus(1)),
                snapshot => snapshot with { Policy = Policy.Default }
            ),
            ["waiting-for-promised"] = (
                () =>
                    new Cluster()
                        .Queue("q")
                        .Node("n", 1)
                        .Add("r", "q", [new Replica("r-0", 0, Gpus(1), ReplicaState.Releasing) { Node = "n" }], 1)
                        .Pending("w", "q", Gpus(1)),
                snapshot =>
                    snapshot with
                    {
                        Workloads = [.. snapshot.Workloads.Where(workload => workload.Name == "w")],
                    }
            ),
        };

    public static TheoryData<string> Codes => [.. cases.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_workload_starts_when_what_it_waits_for_is_gone(string code)
    {
        var blocked = cases[code].Blocked().Snapshot;
        var decisions = Scheduler.Decide(blocked);
        var wait = Assert.Single(decisions.Waits, wait => wait.Workload == RunIdOf("w"));
        Assert.Contains(code, wait.Constraints.Select(constraint => constraint.Code));

        var unblocked = Scheduler.Decide(cases[code].Unblocked(blocked));
        Assert.Contains(
            unblocked.Steps,
            step => step.Workload == RunIdOf("w") && step is Decision.Bind or Decision.Promise
        );
    }

    [Fact]
    public void Every_code_that_there_is_has_its_case()
    {
        var messages = typeof(BlockingConstraint)
            .Assembly.GetExportedTypes()
            .Where(type => type.BaseType == typeof(BlockingConstraint));
        Assert.Equal(16, messages.Count());
        Assert.Equal(28, cases.Count);
    }

    /// <summary>A row of the guide: the code, the text as it is seen, what helps.</summary>
    [Fact]
    public void The_guide_has_a_row_for_every_code_with_its_text_and_what_helps()
    {
        var rows = File.ReadAllLines(Repository.PathOf("docs", "guide", "waiting.md"))
            .Select(line => line.Split(" | "))
            .Where(cells => cells.Length == 3 && cells[0].StartsWith("| `", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(
            cases.Keys.Select(code => $"| `{code}` | *{MessageOf(code)}*").Order(StringComparer.Ordinal),
            rows.Select(cells => $"{cells[0]} | {cells[1]}").Order(StringComparer.Ordinal)
        );
        Assert.All(rows, cells => Assert.EndsWith(" |", cells[2]));
        Assert.All(rows, cells => Assert.NotEqual("|", cells[2].Trim()));
    }

    [Fact]
    public void All_that_blocks_is_told_at_once_with_numbers()
    {
        var cluster = new Cluster()
            .Queue("q", limit: 2)
            .Node("n1", 2)
            .Node("n2", 4, with: node => node with { IsReady = false })
            .Running("r", "q", Gpus(1), ["n1"])
            .Pending("w", "q", Gpus(2));
        Assert.Equal(
            [
                new OverLimit("q", ResourceKind.Gpu, 2, 1, 2),
                new NodesExcluded(ExclusionKind.NotReady, "", 1, 2),
                new NotEnoughFree("gpu", 2, 1, 2, 1, 1, [new(RunIdOf("r"), "r", QueueIdOf("q"), 1)]),
                new FairShareReached("q", ResourceKind.Gpu, 2, 1, 2),
            ],
            Assert.Single(cluster.Decide().Waits).Constraints
        );
    }

    [Fact]
    public void Who_runs_with_all_that_it_must_have_does_not_wait()
    {
        var cluster = Small().Pending("w", "q", Gpus(1), replicas: 4, min: 2);
        Assert.Empty(cluster.Decide().Waits);
    }

    private static string MessageOf(string code) =>
        cases[code]
            .Blocked()
            .Decide()
            .Waits.Single(wait => wait.Workload == RunIdOf("w"))
            .Constraints.First(constraint => constraint.Code == code)
            .Message;

    private static Cluster Small() => new Cluster().Queue("q").Node("n", 2);

    private static Cluster Picky(NodeRules rules) =>
        Small().Add("w", "q", [new Replica("w-0", 0, Gpus(1)) { Rules = rules }], min: 1);

    private static Snapshot Change(Snapshot snapshot, Func<Workload, Workload> change) =>
        snapshot with
        {
            Workloads = [.. snapshot.Workloads.Select(change)],
        };

    private static Snapshot ChangeGroup(Snapshot snapshot, Func<Group, Group> change) =>
        Change(snapshot, workload => workload with { Groups = [.. workload.Groups.Select(change)] });

    private static Snapshot ChangeNode(Snapshot snapshot, Func<Node, Node> change) =>
        snapshot with
        {
            Nodes = [.. snapshot.Nodes.Select(change)],
        };
}
