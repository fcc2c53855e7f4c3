using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;
using static Braid.Scheduling.Tests.Cluster;

namespace Braid.Scheduling.Tests.Actions;

/// <summary>Consolidation, reclaim, preemption and stale gangs, by example.</summary>
public sealed class VictimTests
{
    [Fact]
    public void Replicas_are_moved_together_where_that_makes_room()
    {
        var cluster = new Cluster()
            .Queue("q", gpus: 4)
            .Node("n1", gpus: 2)
            .Node("n2", gpus: 2)
            .Running("a", "q", Gpus(1), on: ["n1"])
            .Running("b", "q", Gpus(1), on: ["n2"])
            .Pending("w", "q", Gpus(2));
        Assert.Equal(["move b-0 n2 to n1[1]", "promise w-0 n2[0,1]"], cluster.Steps().Order());
    }

    [Fact]
    public void Nothing_is_moved_that_would_have_no_place()
    {
        var cluster = new Cluster()
            .Queue("q", gpus: 4)
            .Node("n1", gpus: 2)
            .Running("a", "q", Gpus(1), on: ["n1"])
            .Pending("w", "q", Gpus(2));
        Assert.Empty(cluster.Steps());
    }

    [Fact]
    public void No_more_replicas_are_moved_than_policy_allows()
    {
        var cluster = new Cluster()
            .With(policy => policy with { MaxMoves = 1 })
            .Queue("q", gpus: 8)
            .Node("n1", gpus: 2)
            .Node("n2", gpus: 2)
            .Node("n3", gpus: 4)
            .Running("a", "q", Gpus(1), on: ["n1"])
            .Running("b", "q", Gpus(1), on: ["n2"])
            .Running("c", "q", Gpus(1), on: ["n3"])
            .Running("d", "q", Gpus(1), on: ["n3"])
            .Pending("w", "q", Gpus(4));
        Assert.Empty(cluster.Steps());
        Assert.Contains("promise w-0 n3[0,1,2,3]", cluster.With(policy => policy with { MaxMoves = 2 }).Steps());
    }

    [Fact]
    public void A_queue_takes_back_its_quota_from_one_that_borrowed_it()
    {
        var cluster = new Cluster()
            .Queue("owner", gpus: 2)
            .Queue("borrower", gpus: 2)
            .Node("n1", gpus: 4)
            .Running("old", "borrower", Gpus(1), on: ["n1"])
            .Running("b", "borrower", Gpus(1), on: ["n1", "n1", "n1"], min: 1)
            .Pending("w", "owner", Gpus(2));
        Assert.Equal(["evict b-1 Reclaimed", "evict b-2 Reclaimed", "promise w-0 n1[2,3]"], cluster.Steps().Order());
    }

    [Fact]
    public void A_queue_takes_no_more_than_its_fair_share()
    {
        var cluster = new Cluster()
            .Queue("a")
            .Queue("b")
            .Node("n1", gpus: 4)
            .Running("ra", "a", Gpus(1), on: ["n1", "n1"], min: 1)
            .Running("rb", "b", Gpus(1), on: ["n1", "n1"], min: 1)
            .Pending("w", "a", Gpus(1));
        Assert.Empty(cluster.Steps());
    }

    [Fact]
    public void A_surplus_is_shared_again_when_somebody_else_asks()
    {
        var cluster = new Cluster()
            .Queue("a")
            .Queue("b")
            .Node("n1", gpus: 4)
            .Running("ra", "a", Gpus(1), on: ["n1", "n1", "n1", "n1"], min: 1)
            .Pending("w", "b", Gpus(1), replicas: 2);
        Assert.Equal(
            ["evict ra-2 Reclaimed", "evict ra-3 Reclaimed", "promise w-0 n1[2]", "promise w-1 n1[3]"],
            cluster.Steps().Order()
        );
        cluster.With(policy => policy with { ReclaimUpTo = ReclaimGoal.Quota });
        Assert.Empty(cluster.Steps());
    }

    [Fact]
    public void Nobody_takes_from_a_queue_that_has_what_it_is_entitled_to()
    {
        var cluster = new Cluster()
            .Queue("a", gpus: 2)
            .Queue("b", gpus: 2)
            .Node("n1", gpus: 3)
            .Running("ra", "a", Gpus(1), on: ["n1", "n1"])
            .Running("rb", "b", Gpus(1), on: ["n1"])
            .Pending("w", "b", Gpus(1));
        Assert.Empty(cluster.Steps());
    }

    /// <summary>The gang leaves whole: its queue would have nothing of the 2 that it may count on.</summary>
    [Fact]
    public void A_queue_above_its_quota_leaves_others_what_they_may_count_on()
    {
        Assert.Empty(ReclaimOfAGang(quota: 1).Steps());
        Assert.Contains("promise w-0 n1[0]", ReclaimOfAGang(quota: 2).Steps());
    }

    /// <summary>The victim's queue has too many GPUs, and some of them go; its processors it has a right to.</summary>
    [Fact]
    public void Only_who_holds_what_its_queue_has_too_much_of_is_reclaimed()
    {
        var cluster = new Cluster()
            .Queue("owner", gpus: 2)
            .Queue("borrower", gpus: 0)
            .Node("n1", gpus: 4, cores: 5)
            .Running("trains", "borrower", Gpus(3), on: ["n1"])
            .Running("counts", "borrower", Cpu(4), on: ["n1"])
            .Pending("w", "owner", new ReplicaRequest(900, 1) { Gpu = new GpuRequest.Whole(2) });
        Assert.Equal(["evict trains-0 Reclaimed", "promise w-0 n1[0,3]"], cluster.Steps().Order());
    }

    /// <summary>Their projects may count on GPUs, the departments on none.</summary>
    [Fact]
    public void A_department_that_is_entitled_to_nothing_takes_nothing_from_another()
    {
        var cluster = new Cluster()
            .Queue("d1", weight: 0)
            .Queue("d2", weight: 0)
            .Queue("p1", gpus: 1, parent: "d1")
            .Queue("p2", gpus: 1, parent: "d2")
            .Node("n1", gpus: 1)
            .Running("old", "p2", Gpus(1), on: ["n1"])
            .Pending("w", "p1", Gpus(1));
        Assert.Empty(cluster.Steps());
    }

    [Fact]
    public void Nobody_is_preempted_for_what_other_queues_would_take_back()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Queue("other")
            .Node("n1", gpus: 4)
            .Running("low", "q", Gpus(1), on: ["n1"])
            .Running("theirs", "other", Gpus(1), on: ["n1"])
            .Pending("waits", "other", Gpus(4));
        Assert.Empty(cluster.Pending("high", "q", Gpus(3), with: workload => workload with { Priority = 75 }).Steps());
    }

    [Fact]
    public void What_may_not_be_evicted_is_not()
    {
        var cluster = new Cluster()
            .Queue("a", gpus: 2)
            .Queue("b", gpus: 2)
            .Node("n1", gpus: 4)
            .Running("ra", "a", Gpus(4), on: ["n1"], with: workload => workload with { Preemptible = false })
            .Pending("w", "b", Gpus(2));
        Assert.Empty(cluster.Steps());
    }

    [Fact]
    public void A_gang_is_evicted_whole_and_what_it_lost_in_vain_it_keeps()
    {
        var cluster = new Cluster()
            .Queue("a", gpus: 2)
            .Queue("b", gpus: 0)
            .Node("n1", gpus: 2)
            .Node(
                "n2",
                gpus: 2,
                with: node => node with { Labels = new Dictionary<string, string> { ["big"] = "yes" } }
            )
            .Running("gang", "b", Gpus(1), on: ["n2", "n2"])
            .Running("elsewhere", "b", Gpus(2), on: ["n1"]);
        var rules = new NodeRules { Selector = new Dictionary<string, string> { ["big"] = "yes" } };
        cluster.Add("w", "a", [new Replica("w-0", 0, Gpus(1)) { Rules = rules }], min: 1);
        Assert.Equal(
            ["evict gang-0 Reclaimed", "evict gang-1 Reclaimed", "promise w-0 n2[0]"],
            cluster.Steps().Order()
        );
    }

    [Fact]
    public void A_department_takes_back_from_another_what_its_projects_are_entitled_to()
    {
        var cluster = new Cluster()
            .Queue("d1", gpus: 2)
            .Queue("d2", gpus: 2)
            .Queue("p1", gpus: 2, parent: "d1")
            .Queue("p2", gpus: 0, parent: "d2")
            .Node("n1", gpus: 4)
            .Running("r", "p2", Gpus(1), on: ["n1", "n1", "n1", "n1"], min: 1)
            .Pending("w", "p1", Gpus(1), replicas: 2);
        Assert.Equal(2, cluster.Steps().Count(step => step.EndsWith("Reclaimed", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_higher_priority_displaces_the_youngest_of_the_lowest_of_its_queue()
    {
        var cluster = new Cluster()
            .Queue("q", gpus: 2)
            .Node("n1", gpus: 3)
            .Running("other", "q", Gpus(1), on: ["n1"], with: workload => workload with { Priority = 75 })
            .Running("older", "q", Gpus(1), on: ["n1"])
            .Running("younger", "q", Gpus(1), on: ["n1"])
            .Pending("w", "q", Gpus(1), with: workload => workload with { Priority = 80 });
        Assert.Equal(["evict younger-0 Preempted", "promise w-0 n1[2]"], cluster.Steps());
    }

    [Fact]
    public void An_equal_priority_displaces_nobody()
    {
        var cluster = new Cluster()
            .Queue("q", gpus: 1)
            .Node("n1", gpus: 1)
            .Running("r", "q", Gpus(1), on: ["n1"])
            .Pending("w", "q", Gpus(1));
        Assert.Empty(cluster.Steps());
    }

    [Fact]
    public void A_queue_at_its_limit_makes_room_for_its_own_higher_priority()
    {
        var cluster = new Cluster()
            .Queue("q", gpus: 1, limit: 1)
            .Node("n1", gpus: 4)
            .Running("r", "q", Gpus(1), on: ["n1"])
            .Pending("w", "q", Gpus(1), with: workload => workload with { Priority = 75 });
        Assert.Equal(["evict r-0 Preempted", "promise w-0 n1[1]"], cluster.Steps());
    }

    [Fact]
    public void Minimum_run_times_protect_until_they_are_over()
    {
        var cluster = new Cluster()
            .Queue("top", gpus: 1, with: queue => queue with { PreemptMinRuntime = TimeSpan.FromHours(1) })
            .Queue("q", gpus: 1, parent: "top")
            .Node("n1", gpus: 1);
        cluster.Running("r", "q", Gpus(1), ["n1"], with: r => r with { LastStart = cluster.Now.AddMinutes(-59) });
        cluster.Pending("w", "q", Gpus(1), with: workload => workload with { Priority = 75 });
        Assert.Empty(cluster.Steps());
        cluster.Now = cluster.Now.AddMinutes(1);
        Assert.NotEmpty(cluster.Steps());
    }

    [Fact]
    public void A_protected_workload_may_lose_what_is_above_its_minimum_only()
    {
        var cluster = new Cluster()
            .Queue("a", gpus: 3)
            .Queue("b", with: queue => queue with { ReclaimMinRuntime = TimeSpan.FromHours(1) })
            .Node("n1", gpus: 3);
        cluster.Running("r", "b", Gpus(1), ["n1", "n1", "n1"], min: 2, with: r => r with { LastStart = cluster.Now });
        cluster.Pending("small", "a", Gpus(1)).Pending("large", "a", Gpus(2));
        Assert.Equal(["evict r-2 Reclaimed", "promise small-0 n1[2]"], cluster.Steps());
    }

    [Fact]
    public void What_is_left_of_a_gang_ends_after_the_grace()
    {
        var cluster = new Cluster().Queue("q", gpus: 2).Node("n1", gpus: 1);
        var replicas = Replicas("w", 2, Gpus(1));
        cluster.Add("w", "q", [replicas[0] with { State = ReplicaState.Running, Node = "n1" }, replicas[1]], min: 2);
        var first = cluster.Decide();
        Assert.Empty(first.Steps);
        Assert.Equal([new StaleMark(RunIdOf("w"), cluster.Now)], first.StaleMarks);

        var later = cluster.Snapshot with
        {
            Now = cluster.Now.AddSeconds(60),
            Workloads = [cluster.Snapshot.Workloads[0] with { StaleSince = cluster.Now }],
        };
        var evict = Assert.IsType<Decision.Evict>(Assert.Single(Scheduler.Decide(later).Steps));
        Assert.Equal(
            "Workload doesn't meet the minimum required number of replicas (2), evicting remaining replica w-0",
            evict.Message
        );
    }

    [Fact]
    public void A_gang_that_is_whole_again_is_no_longer_stale()
    {
        var cluster = new Cluster().Queue("q", gpus: 2).Node("n1", gpus: 2);
        cluster.Running("w", "q", Gpus(1), ["n1", "n1"], with: w => w with { StaleSince = cluster.Now });
        Assert.Equal([new StaleMark(RunIdOf("w"), null)], cluster.Decide().StaleMarks);
    }

    /// <summary>The victim has 4 GPUs of its fair share of 3, the reclaimer wants a second one.</summary>
    private static Cluster ReclaimOfAGang(double quota) =>
        new Cluster()
            .Queue("victim", gpus: 2)
            .Queue("reclaimer", gpus: quota)
            .Node("n1", gpus: 5)
            .Running("gang", "victim", Gpus(1), on: ["n1", "n1", "n1", "n1"])
            .Running("r", "reclaimer", Gpus(1), on: ["n1"])
            .Pending("w", "reclaimer", Gpus(1));
}
