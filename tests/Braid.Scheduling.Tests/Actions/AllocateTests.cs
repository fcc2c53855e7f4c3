using Braid.Scheduling.Snapshots;
using static Braid.Scheduling.Tests.Cluster;

namespace Braid.Scheduling.Tests.Actions;

public sealed class AllocateTests
{
    [Fact]
    public void A_replica_gets_the_fullest_node_that_has_room()
    {
        var cluster = new Cluster().Queue("q").Node("n1", gpus: 4).Node("n2", gpus: 2).Pending("w", "q", Gpus(1));
        Assert.Equal(["bind w-0 n2[0]"], cluster.Steps());
    }

    [Fact]
    public void A_replica_gets_the_emptiest_node_where_replicas_are_spread()
    {
        var cluster = new Cluster()
            .With(policy => policy with { GpuPlacement = Placement.Spread })
            .Queue("q")
            .Node("n1", gpus: 2)
            .Node("n2", gpus: 4)
            .Running("r", "q", Gpus(1), on: ["n1"])
            .Pending("w", "q", Gpus(1));
        Assert.Equal(["bind w-0 n2[0]"], cluster.Steps());
    }

    [Fact]
    public void Nodes_that_are_equally_good_are_taken_by_name()
    {
        var cluster = new Cluster().Queue("q").Node("n2", gpus: 1).Node("n1", gpus: 1).Pending("w", "q", Gpus(1));
        Assert.Equal(["bind w-0 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void Those_that_are_left_out_behind_others_that_need_the_same_change_nothing_but_who_waits()
    {
        var cluster = new Cluster().Queue("a", gpus: 2).Queue("b", weight: 3).Queue("c");
        foreach (var node in Enumerable.Range(0, 4))
        {
            cluster.Node($"n{node}", gpus: 4).Running($"r{node}", "c", Gpus(3), on: [$"n{node}"]);
        }

        foreach (var number in Enumerable.Range(0, 80))
        {
            cluster.Pending($"w{number}", number % 2 == 0 ? "a" : "b", Gpus(1));
        }

        var whole = cluster.Snapshot;
        var cut = whole with
        {
            Queues =
            [
                .. whole.Queues.Select(queue => queue.Name == "c" ? queue : queue with { Behind = new(20, 20, 20) }),
            ],
            Workloads = [.. whole.Workloads.Take(44)], // 4 that run, 20 of each queue
        };
        var (all, some) = (Scheduler.Decide(whole), Scheduler.Decide(cut));
        Assert.NotEmpty(all.Steps);
        Assert.Equal(all.Steps, some.Steps);
        Assert.Equal(all.Shares, some.Shares);
    }

    [Fact]
    public void A_gang_is_placed_whole_or_not_at_all()
    {
        var cluster = new Cluster().Queue("q").Node("n1", gpus: 2).Pending("w", "q", Gpus(1), replicas: 3);
        Assert.Empty(cluster.Steps());
        Assert.Equal(
            ["bind w-0 n2[0]", "bind w-1 n1[0]", "bind w-2 n1[1]"],
            cluster.Node("n2", gpus: 1).Steps().Order()
        );
    }

    [Fact]
    public void A_workload_grows_above_its_minimum_one_by_one_and_competes_each_time()
    {
        var cluster = new Cluster()
            .Queue("a", gpus: 2)
            .Queue("b", gpus: 2)
            .Node("n1", gpus: 4)
            .Pending("wa", "a", Gpus(1), replicas: 4, min: 1)
            .Pending("wb", "b", Gpus(1), replicas: 4, min: 1);
        Assert.Equal(["bind wa-0 n1[0]", "bind wb-0 n1[1]", "bind wa-1 n1[2]", "bind wb-1 n1[3]"], cluster.Steps());
    }

    [Fact]
    public void A_workload_of_higher_priority_goes_first_in_its_queue()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("n1", gpus: 1)
            .Pending("low", "q", Gpus(1))
            .Pending("high", "q", Gpus(1), with: workload => workload with { Priority = 75 });
        Assert.Equal(["bind high-0 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void A_queue_within_its_quota_goes_before_one_that_borrows()
    {
        var cluster = new Cluster()
            .Queue("borrower")
            .Queue("owner", gpus: 1)
            .Node("n1", gpus: 1)
            .Pending("b", "borrower", Gpus(1))
            .Pending("o", "owner", Gpus(1));
        Assert.Equal(["bind o-0 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void What_is_being_given_back_is_promised()
    {
        var cluster = new Cluster().Queue("q").Node("n1", gpus: 2);
        cluster.Add("old", "q", [.. Replicas("old", 1, Gpus(2)).Select(Leaving)], min: 1).Pending("w", "q", Gpus(1));
        Assert.Equal(["promise w-0 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void A_gang_that_is_promised_a_part_waits_as_a_whole()
    {
        var cluster = new Cluster().Queue("q").Node("n1", gpus: 1).Node("n2", gpus: 1);
        cluster.Add("old", "q", [.. Replicas("old", 1, Gpus(1)).Select(Leaving)], min: 1);
        cluster.Pending("w", "q", Gpus(1), replicas: 2);
        Assert.Equal(["promise w-0 n2[0]", "promise w-1 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void What_was_promised_before_is_kept()
    {
        var cluster = new Cluster().Queue("q").Node("n1", gpus: 1).Node("n2", gpus: 2);
        cluster.Add("w", "q", [new Replica("w-0", 0, Gpus(1), ReplicaState.Promised) { Node = "n2" }], min: 1);
        Assert.Equal(["bind w-0 n2[0]"], cluster.Steps());
    }

    [Fact]
    public void Parts_of_devices_share_the_fullest_that_takes_them()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("n1", gpus: 2)
            .Pending("a", "q", Part(0.5))
            .Pending("b", "q", Part(0.25))
            .Pending("c", "q", Part(0.5));
        Assert.Equal(["bind a-0 n1[0]", "bind b-0 n1[0]", "bind c-0 n1[1]"], cluster.Steps());
    }

    [Fact]
    public void A_request_in_memory_counts_as_the_part_of_a_device_that_it_is()
    {
        var request = new ReplicaRequest(1, 1) { Gpu = new GpuRequest.Memory(40_000) };
        var cluster = new Cluster().Queue("q", limit: 1).Node("n1", gpus: 4);
        cluster.Pending("a", "q", request).Pending("b", "q", request).Pending("c", "q", request);
        Assert.Equal(["bind a-0 n1[0]", "bind b-0 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void Instances_of_MIG_profiles_count_their_slices()
    {
        var request = new ReplicaRequest(1, 1) { Gpu = new GpuRequest.Mig("3g.20gb") };
        var mig = new Dictionary<string, long> { ["3g.20gb"] = 4 };
        var cluster = new Cluster().Queue("q", limit: 7).Node("n1", with: node => node with { MigInstances = mig });
        cluster.Pending("a", "q", request).Pending("b", "q", request).Pending("c", "q", request);
        Assert.Equal(["bind a-0 n1", "bind b-0 n1"], cluster.Steps());
    }

    [Fact]
    public void Nobody_goes_over_a_limit_on_the_way_up()
    {
        var cluster = new Cluster()
            .Queue("top", limit: 2)
            .Queue("a", parent: "top")
            .Queue("b", parent: "top")
            .Node("n1", gpus: 4)
            .Pending("wa", "a", Gpus(1), replicas: 2)
            .Pending("wb", "b", Gpus(1));
        Assert.Equal(["bind wb-0 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void What_may_not_be_evicted_stays_within_the_quota()
    {
        var cluster = new Cluster()
            .Queue("q", gpus: 1)
            .Node("n1", gpus: 4)
            .Pending("a", "q", Gpus(1), with: workload => workload with { Priority = 100 })
            .Pending("b", "q", Gpus(1), with: workload => workload with { Priority = 100 });
        Assert.Equal(["bind a-0 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void Rules_keep_replicas_away_from_nodes()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("tainted", gpus: 1, with: node => node with { Taints = [new("team", "other")] })
            .Node("labelled", gpus: 8, with: node => node with { Labels = Labels("disk", "ssd") })
            .Node("plain", gpus: 4);
        var picky = new NodeRules { Selector = Labels("disk", "ssd") };
        var tolerant = new NodeRules { Tolerations = [new("team")] };
        cluster.Add("p", "q", [new Replica("p-0", 0, Gpus(1)) { Rules = picky }], min: 1);
        cluster.Add("t", "q", [new Replica("t-0", 0, Gpus(1)) { Rules = tolerant }], min: 1);
        cluster.Pending("w", "q", Gpus(1));
        Assert.Equal(["bind p-0 labelled[0]", "bind t-0 tainted[0]", "bind w-0 plain[0]"], cluster.Steps());
    }

    [Fact]
    public void A_workload_is_in_the_first_of_its_pools_that_takes_all_of_it()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("a1", gpus: 1, with: node => node with { Pool = "a100" })
            .Node("h1", gpus: 2, with: node => node with { Pool = "h100" })
            .Pending("w", "q", Gpus(1), replicas: 2, with: workload => workload with { Pools = ["a100", "h100"] })
            .Pending("other", "q", Gpus(1));
        Assert.Equal(["bind w-0 h1[0]", "bind w-1 h1[1]"], cluster.Steps());
    }

    [Fact]
    public void A_required_topology_keeps_a_gang_in_one_domain_and_fills_the_fullest_that_takes_it()
    {
        var cluster = new Cluster().Queue("q").Topology("racks", "rack");
        foreach (var (name, rack, gpus) in new[] { ("n1", "r1", 1), ("n2", "r1", 1), ("n3", "r2", 4), ("n4", "r3", 2) })
        {
            cluster.Node(name, gpus, with: node => node with { Labels = Labels("rack", rack) });
        }

        cluster.Pending("w", "q", Gpus(1), 3, with: workload => workload with { Topology = new("racks", "rack") });
        cluster.Pending("v", "q", Gpus(1), 2, with: workload => workload with { Topology = new("racks", "rack") });
        Assert.Equal(
            ["bind w-0 n3[0]", "bind w-1 n3[1]", "bind w-2 n3[2]", "bind v-0 n1[0]", "bind v-1 n2[0]"],
            cluster.Steps()
        );
    }

    [Fact]
    public void A_preferred_topology_gives_way()
    {
        var cluster = new Cluster().Queue("q").Topology("racks", "rack");
        cluster.Node("n1", 1, with: node => node with { Labels = Labels("rack", "r1") });
        cluster.Node("n2", 2, with: node => node with { Labels = Labels("rack", "r2") });
        cluster.Pending(
            "w",
            "q",
            Gpus(1),
            3,
            with: workload => workload with { Topology = new("racks", null, "rack") }
        );
        Assert.Equal(["bind w-0 n2[0]", "bind w-1 n2[1]", "bind w-2 n1[0]"], cluster.Steps());
    }

    [Fact]
    public void Each_group_of_a_workload_may_have_a_topology_of_its_own()
    {
        var cluster = new Cluster().Queue("q").Topology("racks", "rack");
        foreach (var (name, rack) in new[] { ("n1", "r1"), ("n2", "r1"), ("n3", "r2"), ("n4", "r2") })
        {
            cluster.Node(name, 1, with: node => node with { Labels = Labels("rack", rack) });
        }

        var workload = new Workload(
            RunIdOf("w"),
            "w",
            QueueIdOf("q"),
            [
                new("left", 2, Replicas("l", 2, Gpus(1))) { Topology = new("racks", "rack") },
                new("right", 2, Replicas("r", 2, Gpus(1))) { Topology = new("racks", "rack") },
            ]
        );
        cluster.Pending("w", "q", Gpus(1), with: _ => workload);
        Assert.Equal(["bind l-0 n1[0]", "bind l-1 n2[0]", "bind r-0 n3[0]", "bind r-1 n4[0]"], cluster.Steps());
    }

    [Fact]
    public void Only_the_first_workloads_of_each_queue_are_looked_at_where_policy_says_so()
    {
        var cluster = new Cluster()
            .With(policy => policy with { Depths = policy.Depths with { Allocate = 1 } })
            .Queue("q")
            .Node("n1", gpus: 4)
            .Pending("too-big", "q", Gpus(8))
            .Pending("small", "q", Gpus(1));
        Assert.Empty(cluster.Steps());
    }

    [Fact]
    public void A_workload_that_waited_long_goes_before_a_younger_one_of_higher_priority_where_policy_says_so()
    {
        var cluster = new Cluster()
            .With(policy => policy with { AgingStep = TimeSpan.FromHours(1) })
            .Queue("q")
            .Node("n1", gpus: 1)
            .Pending("old", "q", Gpus(1))
            .Pending(
                "young",
                "q",
                Gpus(1),
                with: young => young with { Priority = 60, CreatedAt = Epoch.AddHours(23) }
            );
        Assert.Equal(["bind old-0 n1[0]"], cluster.Steps());
    }

    private static Replica Leaving(Replica replica) => replica with { State = ReplicaState.Releasing, Node = "n1" };

    private static Dictionary<string, string> Labels(string name, string value) => new() { [name] = value };
}
