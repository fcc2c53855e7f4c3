using Braid.Agent.Protocol;
using Braid.Scheduling;
using Braid.Testing;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests.Faults;

/// <summary>Agents that die, hang, and lose their server: the work is done once, and every line is there once.</summary>
public sealed class AgentFaultTests
{
    private static readonly TimeSpan longerThanPatience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Work_whose_agent_is_killed_is_begun_again_by_the_next_one()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        await node.Programs.PrintAsync("begun");
        await cluster.UntilAsync(async () => (await cluster.PrintedAsync(id)).Count == 1, "its line is there");

        await node.KillAgentAsync();
        node.StartAgent();
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == 2), "it is begun again");
        await node.Programs.PrintAsync("begun", "done");
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        await cluster.AssertDoneOnceAsync(id, "begun", "begun", "done");
        Assert.Equal(2, (await cluster.Server.GetAsync(id)).Events.Count(told => told.Kind == "Placed"));
    }

    [Fact]
    public async Task Work_that_ended_when_its_agent_was_killed_is_not_done_again()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        node.Freeze();
        await node.Programs.PrintAsync("done");
        await node.Programs.EndAsync(0);
        await node.KillAgentAsync();
        node.StartAgent();
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        await cluster.AssertDoneOnceAsync(id, "done");
        Assert.Equal(1, node.Programs.Begun);
    }

    [Fact]
    public async Task An_answer_from_before_the_end_of_work_begins_it_no_second_time()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        var first = (await cluster.Server.SubmitAsync("first")).Id;
        await cluster.UntilAsync(first, WorkloadState.Running);
        node.Wire.Hold();
        var second = (await cluster.Server.SubmitAsync("second")).Id;
        await cluster.UntilAsync(() => Task.FromResult(node.Wire.IsHolding), "the orders of both are under way");
        await node.Programs.PrintAsync("done");
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(first, WorkloadState.Succeeded);
        await Eventually.IsTrueAsync(() => Task.FromResult(node.Programs.Known == 0), "the machine has forgotten it");

        node.Wire.Release();
        await cluster.UntilAsync(second, WorkloadState.Running);
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(second, WorkloadState.Succeeded);

        Assert.Equal(2, node.Programs.Begun);
        await cluster.AssertDoneOnceAsync(first, "done");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_agent_that_stood_still_for_too_long_is_heard_no_more_of_what_ran_elsewhere_meanwhile(bool ends)
    {
        await using var cluster = await Cluster.StartAsync();
        var first = await cluster.AddAsync("node-a");
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        await first.Programs.PrintAsync("begun on a");
        await cluster.UntilAsync(async () => (await cluster.PrintedAsync(id)).Count == 1, "its line is there");
        var second = await cluster.AddAsync("node-b");

        first.Freeze();
        await first.Programs.PrintAsync("late");
        await cluster.PassAsync(longerThanPatience);
        await second.Programs.PrintAsync("begun on b");
        if (ends)
        {
            await first.Programs.EndAsync(0);
        }

        first.Thaw();
        await cluster.UntilAsync(() => Task.FromResult(first.Programs.Known == 0), "node-a has ended and forgotten it");
        Assert.Equal(WorkloadState.Running, (await cluster.Server.GetAsync(id)).State);
        await second.Programs.PrintAsync("done");
        await second.Programs.EndAsync(0);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        await cluster.AssertDoneOnceAsync(id, "begun on a", "begun on b", "done");
        Assert.Equal((1, 1), (first.Programs.Begun, second.Programs.Begun));
    }

    [Fact]
    public async Task Files_that_the_server_fails_to_take_keep_no_place_for_ever_and_its_end_says_so()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        node.Wire.IsFailingFiles = true;
        var id = (await cluster.Server.SubmitAsync()).Id;
        await LeaveModelAsync(cluster, node, id);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        Assert.Contains(
            (await cluster.Server.GetAsync(id)).Events,
            told =>
                told.Text.EndsWith(
                    "1 of its files are not kept, such as model.bin: the disk is full",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task A_place_is_free_when_what_was_left_there_is_stored_and_who_waits_for_that_is_not_idle()
    {
        await using var cluster = await Cluster.StartAsync();
        cluster.Server.Decide = Scheduler.Decide;
        await cluster.Server.Host.Shares.ChangeAsync(
            WorkloadsFixture.Someone,
            "default",
            terms => terms with { TrainIdleLimit = TimeSpan.FromMinutes(1) },
            default
        );
        var node = await cluster.AddAsync("node-a", new NodeGpu(0, "GPU-a", "H200", 141L << 30));
        node.Uses = [new("GPU-a", 0, 50)];
        var wholeNode = WorkloadsFixture.NewSpec() with { Request = new() { Gpus = 1 } };
        var first = (await cluster.Server.SubmitAsync("first", wholeNode)).Id;
        await cluster.UntilAsync(first, WorkloadState.Running);
        var next = (await cluster.Server.SubmitAsync("next", wholeNode)).Id;

        node.Wire.IsFailingFiles = true;
        await LeaveModelAsync(cluster, node, first);
        node.Uses = [new("GPU-a", 0, 0)];
        await cluster.PassAsync(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(4));
        Assert.Equal(WorkloadState.Running, (await cluster.Server.GetAsync(first)).State);
        Assert.Equal(WorkloadState.Pending, (await cluster.Server.GetAsync(next)).State);

        node.Wire.IsFailingFiles = false;
        await cluster.UntilAsync(first, WorkloadState.Succeeded);
        await cluster.UntilAsync(next, WorkloadState.Running);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(60, 2)]
    [InlineData(600, 2)]
    public async Task A_node_that_is_cut_off_from_its_server_goes_on_or_begins_again(int seconds, int begun)
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        await node.Programs.PrintAsync("one");
        await cluster.UntilAsync(async () => (await cluster.PrintedAsync(id)).Count == 1, "its line is there");

        node.Cut();
        await node.Programs.PrintAsync("two");
        await cluster.PassAsync(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(Math.Min(seconds, 4)));
        node.Mend();
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == begun), "it runs, or runs again");
        var attempt = begun == 1 ? (string[])["three"] : ["one", "two", "three"];
        await node.Programs.PrintAsync(attempt);
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        // Of the lines of a cut, those whose request arrived are there.
        var before = (await cluster.PrintedAsync(id)).SkipLast(attempt.Length).ToArray();
        Assert.Equal("one", before[0]);
        Assert.Equal(["two"], before[1..].Concat(begun == 1 ? [] : ["two"]).Distinct());
        await cluster.AssertDoneOnceAsync(id, [.. before, .. attempt]);
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Known == 0), "nothing is left of it");
    }

    [Fact]
    public async Task What_is_said_twice_and_once_more_much_later_counts_once()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        node.Wire.IsDoubling = true;
        var id = (await cluster.Server.SubmitAsync(spec: WorkloadsFixture.NewSpec() with { BackoffLimit = 1 })).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        await node.Programs.PrintAsync("first try");
        await node.Programs.EndAsync(1);
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == 2), "it is tried again");
        await node.Wire.RepeatAllAsync();
        await node.Programs.PrintAsync("second try", "done");
        await cluster.UntilAsync(async () => (await cluster.PrintedAsync(id)).Count == 3, "its lines are there");
        await node.Wire.RepeatAllAsync();
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        await node.Wire.RepeatAllAsync();
        await cluster.AssertDoneOnceAsync(id, "first try", "second try", "done");
        Assert.Equal(2, node.Programs.Begun);
    }

    [Fact]
    public async Task A_late_registration_of_an_agents_dead_process_takes_nothing_from_the_one_that_lives()
    {
        await using var cluster = await Cluster.StartAsync();
        var node = await cluster.AddAsync();
        await node.KillAgentAsync();
        node.StartAgent();
        var id = (await cluster.Server.SubmitAsync()).Id;
        await cluster.UntilAsync(id, WorkloadState.Running);
        await node.Wire.RepeatAllAsync();
        await node.Programs.PrintAsync("done");
        await node.Programs.EndAsync(0);
        await cluster.UntilAsync(id, WorkloadState.Succeeded);
        await cluster.AssertDoneOnceAsync(id, "done");
        Assert.Equal(1, node.Programs.Begun);
    }

    /// <summary>It runs, leaves a file, and ends well.</summary>
    private static async Task LeaveModelAsync(Cluster cluster, Machine node, Primitives.RunId id)
    {
        await cluster.UntilAsync(id, WorkloadState.Running);
        await cluster.UntilAsync(() => Task.FromResult(node.Programs.Begun == 1), "it runs");
        var output = Assert.Single(node.Programs.Specs).Mounts.Single(mount => mount.Target == "/braid/output").Source;
        await File.WriteAllTextAsync(Path.Combine(output, "model.bin"), "weights");
        await node.Programs.EndAsync(0);
    }
}
