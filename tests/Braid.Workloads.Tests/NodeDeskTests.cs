using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Testing;
using Braid.Tracking.Runs;
using Braid.Workloads.Desks;
using Braid.Workloads.Nodes;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

public sealed class NodeDeskTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Lines_that_are_sent_again_are_kept_once(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        var (workload, order) = await fixture.PlacedAsync();
        Assert.Equal(2, await AppendAsync(fixture, order.Attempt, 0, "one", "two"));
        Assert.Equal(2, await AppendAsync(fixture, order.Attempt, 0, "one", "two"));
        Assert.Equal(3, await AppendAsync(fixture, order.Attempt, 1, "two", "three"));
        // A gap: the agent learns where to go on.
        Assert.Equal(3, await AppendAsync(fixture, order.Attempt, 5, "six"));
        Assert.Equal(["one", "two", "three"], (await fixture.PrintedAsync(workload.Id)).Select(line => line.Text));
    }

    [Fact]
    public async Task A_node_that_does_not_ask_loses_its_replicas_and_its_late_writes_are_refused()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.StartAsync(order.Attempt);
        var lost = new LostNodes(fixture.Database, fixture.Host.Desk, fixture.Clock);
        for (var second = 0; second < 21; second++)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            await lost.StepAsync(default);
        }

        Assert.Equal(RunStatus.Queued, (await fixture.RunOfAsync(workload.Id)).Status);
        Assert.False((await fixture.Authenticator.FromKeyAsync(order.Keys, default)).IsOk);
        Assert.Equal([order.Attempt], await fixture.EndAsync(order.Attempt, 0));
        Assert.Equal("workloads.fenced", (await SendAsync(fixture, order.Attempt, 0, "late")).Error?.Code);
        Assert.Empty(await fixture.PrintedAsync(workload.Id));

        await fixture.RegisterAsync("node-b", "epoch-2");
        await fixture.PlaceAsync();
        var again = Assert.Single(await fixture.OrdersAsync("node-b", "epoch-2"));
        Assert.Equal(order.Attempt.Fence + 1, again.Attempt.Fence);
    }

    [Fact]
    public async Task After_a_start_of_the_server_every_node_has_its_time_to_ask()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (_, order) = await fixture.PlacedAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        var lost = new LostNodes(fixture.Database, fixture.Host.Desk, fixture.Clock);
        await lost.StepAsync(default);
        Assert.Equal(order.Attempt, Assert.Single(await fixture.OrdersAsync()).Attempt);
    }

    [Fact]
    public async Task A_server_that_stood_still_takes_no_nodes_silence_for_its_death()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (_, order) = await fixture.PlacedAsync();
        var lost = new LostNodes(fixture.Database, fixture.Host.Desk, fixture.Clock);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await lost.StepAsync(default);
        fixture.Clock.Advance(TimeSpan.FromHours(8));
        await lost.StepAsync(default);
        Assert.Equal(order.Attempt, Assert.Single(await fixture.OrdersAsync()).Attempt);
    }

    [Fact]
    public async Task Another_agent_of_the_same_name_is_refused_while_the_first_one_asks()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        var other = await fixture.Host.Desk.RegisterAsync(
            WorkloadsFixture.Someone,
            "node-a",
            "another agent",
            "epoch-9",
            0,
            new Machine { CpuMillicores = 1000, MemoryBytes = 1 },
            new HashSet<AttemptId>(),
            default
        );
        Assert.Equal("workloads.node-taken", other.Error?.Code);
    }

    [Fact]
    public async Task A_program_that_saves_its_work_and_ends_well_when_it_is_preempted_runs_again()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.StartAsync(order.Attempt);
        fixture.Decide = snapshot => Preempt(workload.Id, snapshot.Workloads[0].Groups[0].Replicas[0].Id);
        await fixture.PlaceAsync();
        await fixture.ReportAsync(
            new AttemptReport.Ended(order.Attempt, fixture.Clock.GetUtcNow(), 0, "was stopped", WasStopped: true)
        );
        Assert.Equal(WorkloadState.Pending, (await fixture.GetAsync(workload.Id)).State);
    }

    [Fact]
    public async Task No_attempt_has_the_number_of_another_one_though_its_replica_was_forgotten_between()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, workload.Id, default);
        await fixture.EndAsync(order.Attempt, 143);
        await fixture.Host.Workloads.ResumeAsync(WorkloadsFixture.Someone, workload.Id, default);
        await fixture.PlaceAsync();
        Assert.True(Assert.Single(await fixture.OrdersAsync()).Attempt.Fence > order.Attempt.Fence);
    }

    [Fact]
    public async Task An_agent_that_starts_anew_keeps_what_it_still_runs_and_loses_the_rest()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        await fixture.SubmitAsync("kept");
        await fixture.SubmitAsync("gone");
        await fixture.PlaceAsync();
        var orders = (await fixture.OrdersAsync()).ToDictionary(order => order.Attempt.Replica);

        await fixture.RegisterAsync(epoch: "epoch-2", running: orders["kept-0"].Attempt);
        Assert.Equal("kept-0", Assert.Single(await fixture.OrdersAsync(epoch: "epoch-2")).Attempt.Replica);
        // What the old process still says is not taken.
        var old = await fixture.Host.Desk.ReportAsync(WorkloadsFixture.Someone, "node-a", "epoch-1", [], default);
        Assert.Equal("workloads.unknown-agent", old.Error?.Code);
    }

    [Fact]
    public async Task A_preempted_replica_is_stopped_and_waits_again_with_the_reason()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.StartAsync(order.Attempt);
        var place = fixture.Decide;
        fixture.Decide = snapshot => Preempt(workload.Id, snapshot.Workloads[0].Groups[0].Replicas[0].Id);
        await fixture.PlaceAsync();
        var stop = Assert.IsType<WorkOrder.Stop>(Assert.Single(await fixture.OrdersAsync()));
        Assert.Equal("somebody else's turn", stop.Reason);

        await fixture.EndAsync(order.Attempt, 143);
        var waiting = await fixture.GetAsync(workload.Id);
        Assert.Equal(WorkloadState.Pending, waiting.State);
        Assert.Equal(0, waiting.Replicas[0].Restarts);
        Assert.Contains(waiting.Events, entry => entry.Text == "somebody else's turn");
        var log = await fixture.Logs.SliceAsync(WorkloadsFixture.Someone, workload.Id, new(0, 100, 100), default);
        Assert.Contains(log.Value, line => line.Text.StartsWith("train-0 is asked to end", StringComparison.Ordinal));

        fixture.Decide = place;
        await fixture.PlaceAsync();
        Assert.IsType<WorkOrder.Run>(Assert.Single(await fixture.OrdersAsync()));
    }

    [Fact]
    public async Task A_replica_that_ended_well_while_it_was_to_be_stopped_has_done_its_work()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.StartAsync(order.Attempt);
        fixture.Decide = snapshot => Preempt(workload.Id, snapshot.Workloads[0].Groups[0].Replicas[0].Id);
        await fixture.PlaceAsync();
        await fixture.EndAsync(order.Attempt, 0);
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(workload.Id)).State);
    }

    [Fact]
    public async Task What_is_decided_on_what_was_is_not_done()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        var workload = await fixture.SubmitAsync();
        var decide = fixture.Decide;
        fixture.Decide = snapshot =>
        {
            var decisions = decide(snapshot);
            fixture.Host.Workloads.StopAsync(WorkloadsFixture.Someone, workload.Id, default).GetAwaiter().GetResult();
            return decisions;
        };
        await fixture.PlaceAsync();
        Assert.Empty(await fixture.OrdersAsync());
    }

    private static Decisions Preempt(RunId workload, string replica) =>
        new(
            [new Decision.Evict(workload, replica, EvictionReason.Preempted, null, "somebody else's turn")],
            [],
            [],
            []
        );

    private static async Task<long> AppendAsync(
        WorkloadsFixture fixture,
        AttemptId attempt,
        long first,
        params string[] lines
    ) => (await SendAsync(fixture, attempt, first, lines)).Value;

    private static Task<Result<long>> SendAsync(
        WorkloadsFixture fixture,
        AttemptId attempt,
        long first,
        params string[] lines
    ) =>
        fixture.Host.Desk.AppendAsync(
            WorkloadsFixture.Someone,
            "node-a",
            "epoch-1",
            attempt,
            first,
            [.. lines.Select(line => new AttemptLine(fixture.Clock.GetUtcNow(), false, line))],
            default
        );
}
