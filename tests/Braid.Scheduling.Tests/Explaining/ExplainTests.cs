using Braid.Scheduling.Explaining;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;
using static Braid.Scheduling.Tests.Cluster;

namespace Braid.Scheduling.Tests.Explaining;

public sealed class ExplainTests
{
    /// <summary>More nodes are among what is tried, in two numbers.</summary>
    [Fact]
    public void Several_changes_are_told_where_no_single_one_is_enough()
    {
        var cluster = new Cluster().Node("n", 1).Queue("q", limit: 0).Pending("w", "q", Gpus(1), replicas: 3);
        Assert.Equal(
            [new Change.LowerMinimum("main", 1), new Change.RaiseLimit("q", ResourceKind.Gpu, 3)],
            Explain(cluster).Changes
        );
    }

    [Fact]
    public void A_workload_that_nobody_knows_has_no_explanation() =>
        Assert.Null(Scheduler.Explain(new Cluster().Snapshot, RunIdOf("w")));

    [Fact]
    public void It_is_told_who_is_ahead_in_the_queue()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("n", 1)
            .Running("r", "q", Gpus(1), ["n"])
            .Pending("first", "q", Gpus(1))
            .Pending("high", "q", Gpus(1), with: workload => workload with { Priority = 50 })
            .Pending("w", "q", Gpus(1))
            .Pending("later", "q", Gpus(1));
        Assert.Equal([RunIdOf("first"), RunIdOf("high")], Explain(cluster).Ahead);
    }

    [Fact]
    public void The_owners_own_change_is_found_before_anybody_elses()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("n", 1)
            .Pending("w", "q", Gpus(1), with: workload => workload with { Preemptible = false });
        Assert.Equal([new Change.MakePreemptible()], Explain(cluster).Changes);
    }

    [Fact]
    public void A_limit_is_raised_by_no_more_than_is_needed()
    {
        var cluster = new Cluster().Queue("q", limit: 1).Node("n", 4).Pending("w", "q", Gpus(3));
        var change = Assert.IsType<Change.RaiseLimit>(Assert.Single(Explain(cluster).Changes));
        Assert.Equal("Raise the limit of q to 3 GPUs", change.Message);
    }

    [Fact]
    public void Several_changes_are_named_where_none_is_enough()
    {
        var cluster = new Cluster()
            .Queue("q", limit: 1)
            .Node("n", 4)
            .Pending("w", "q", Gpus(3), with: workload => workload with { IsSuspended = true });
        Assert.Equal([new Change.Resume(), new Change.RaiseLimit("q", ResourceKind.Gpu, 3)], Explain(cluster).Changes);
    }

    [Fact]
    public void A_node_is_added_where_nobody_holds_what_is_scarce()
    {
        var cluster = new Cluster().Queue("q").Node("n", 2).Pending("w", "q", Gpus(2), replicas: 2);
        Assert.Equal([new Change.LowerMinimum("main", 1)], Explain(cluster).Changes);
    }

    [Fact]
    public void Who_holds_what_is_scarce_can_end()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("n", 1)
            .Running("r", "q", Gpus(1), ["n"])
            .Pending("w", "q", Gpus(1));
        Assert.Equal([new Change.EndWorkload(RunIdOf("r"), "r")], Explain(cluster).Changes);
    }

    [Fact]
    public void The_start_is_estimated_from_expected_ends()
    {
        var cluster = new Cluster().Queue("q").Node("n", 1).Pending("first", "q", Gpus(2)).Node("m", 2);
        cluster.Running("soon", "q", Gpus(1), ["m"], with: r => r with { ExpectedEnd = cluster.Now.AddHours(1) });
        cluster.Running("late", "q", Gpus(1), ["m"], with: r => r with { ExpectedEnd = cluster.Now.AddHours(2) });
        cluster.Running("on-n", "q", Gpus(1), ["n"]).Pending("w", "q", Gpus(2));
        Assert.Equal(cluster.Now.AddHours(2), Scheduler.Explain(cluster.Snapshot, RunIdOf("first"))?.Start.At);
        Assert.Null(Explain(cluster).Start.At);
    }

    [Fact]
    public void The_start_is_unknown_where_nobody_says_when_it_ends()
    {
        var cluster = new Cluster()
            .Queue("q")
            .Node("n", 1)
            .Running("r", "q", Gpus(1), ["n"])
            .Pending("w", "q", Gpus(1));
        Assert.Equal(new(null, "Unknown: no workload that runs says when it ends"), Explain(cluster).Start);
    }

    [Fact]
    public void What_starts_now_is_told_so()
    {
        var cluster = new Cluster().Queue("q").Node("n", 1).Pending("w", "q", Gpus(1));
        Assert.Equal(Standing.Starts, Explain(cluster).Standing);
        Assert.Equal(cluster.Now, Explain(cluster).Start.At);
    }

    [Fact]
    public void Without_time_all_that_would_help_is_told_together_and_no_end_is_lived_through()
    {
        var cluster = new Cluster().Node("n", 1).Queue("q", limit: 0).Pending("w", "q", Gpus(1), replicas: 3);
        cluster.Node("m", 1).Running("r", "q", Gpus(1), ["m"], with: r => r with { ExpectedEnd = cluster.Now });
        var explained = Explain(cluster, new(() => false, () => false));
        Assert.False(explained.IsSearchedWhole);
        Assert.True(explained.Changes.Count > Explain(cluster).Changes.Count);
        Assert.Equal(
            "Unknown: it has no place even when the first 0 of 1 have ended that say when they do",
            explained.Start.Reason
        );
        Assert.True(Explain(cluster).IsSearchedWhole);
    }

    [Fact]
    public void Looking_for_what_helps_ends_with_the_time_for_it()
    {
        var cluster = new Cluster().Node("n", 1).Queue("q", limit: 0).Pending("w", "q", Gpus(1), replicas: 3);
        var asked = 0;
        var explained = Explain(cluster, new(() => ++asked < 3, () => false));
        Assert.Equal((3, false), (asked, explained.IsSearchedWhole));
    }

    [Fact]
    public void One_of_500_that_wait_is_explained_by_few_decisions()
    {
        var cluster = new Cluster().Queue("q");
        for (var i = 0; i < 50; i++)
        {
            var end = cluster.Now.AddHours(i + 1);
            cluster.Node($"n{i}", 8).Running($"r{i}", "q", Gpus(8), [$"n{i}"], with: r => r with { ExpectedEnd = end });
        }

        for (var i = 0; i < 500; i++)
        {
            cluster.Pending($"w{i}", "q", Gpus(1 + (i % 8)));
        }

        var (changes, ends) = (0, 0);
        var explained = Scheduler.Explain(
            cluster.Snapshot,
            RunIdOf("w499"),
            new(() => ++changes > 0, () => ++ends > 0)
        );
        Assert.NotEmpty(explained!.Changes);
        Assert.InRange(changes, 1, 20);
        Assert.InRange(ends, 1, 40);
    }

    private static Explanation Explain(Cluster cluster, Patience? patience = null) =>
        Scheduler.Explain(cluster.Snapshot, RunIdOf("w"), patience)
        ?? throw new InvalidOperationException("w is not known");
}
