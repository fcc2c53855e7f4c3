using Braid.Primitives;
using Braid.Scheduling;
using Braid.Workloads.Desks;
using Braid.Workloads.Explaining;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>What would help, and when it is thought to start.</summary>
public sealed class ExplainTests
{
    private static readonly WorkloadSpec whole = WorkloadsFixture.NewSpec() with
    {
        Request = new() { CpuMillicores = 4000 },
    };

    [Fact]
    public async Task The_smallest_change_is_told_and_it_would_start()
    {
        await using var fixture = await FullAsync(whole);
        var waits = await fixture.SubmitAsync("next", whole);
        Assert.Equal(["End train-9"], (await ExplainAsync(fixture, waits.Id)).Changes);

        var holder = await fixture.Host.Workloads.GetAsync(WorkloadsFixture.Someone, "default", "train-9", default);
        await fixture.Host.Workloads.StopAsync(WorkloadsFixture.Someone, holder.Value.Id, default);
        foreach (var stop in (await fixture.OrdersAsync()).OfType<WorkOrder.Stop>())
        {
            await fixture.EndAsync(stop.Attempt, 0);
        }

        Assert.Equal(Prospect.Starts, (await ExplainAsync(fixture, waits.Id)).Prospect);
    }

    [Fact]
    public async Task A_time_limit_says_when_the_next_can_start()
    {
        await using var fixture = await FullAsync(whole with { TimeLimit = TimeSpan.FromHours(1) });
        var start = (await ExplainAsync(fixture, (await fixture.SubmitAsync("next", whole)).Id)).Start;
        Assert.Equal(fixture.Clock.GetUtcNow().AddHours(1), start?.At);
        Assert.EndsWith("1 by their time limits, 0 by how long earlier work of that name ran", start?.Reason);
    }

    [Fact]
    public async Task Without_one_it_is_the_median_time_of_earlier_work_of_that_name()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync();
        foreach (var (name, minutes) in new[] { ("train-1", 1), ("train-2", 10), ("train-3", 30), ("other-1", 99) })
        {
            await fixture.SubmitAsync(name, whole);
            await fixture.PlaceAsync();
            var order = Assert.IsType<WorkOrder.Run>(Assert.Single(await fixture.OrdersAsync()));
            await fixture.StartAsync(order.Attempt);
            fixture.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await fixture.RegisterAsync(running: order.Attempt);
            await fixture.EndAsync(order.Attempt, 0);
        }

        await StartAsync(fixture, whole);
        var start = (await ExplainAsync(fixture, (await fixture.SubmitAsync("next", whole)).Id)).Start;
        Assert.Equal(fixture.Clock.GetUtcNow().AddMinutes(10), start?.At);
        Assert.EndsWith("0 by their time limits, 1 by how long earlier work of that name ran", start?.Reason);
    }

    [Fact]
    public async Task Nobody_knows_when_what_runs_does_not_say_when_it_ends()
    {
        await using var fixture = await FullAsync(whole);
        var start = (await ExplainAsync(fixture, (await fixture.SubmitAsync("next", whole)).Id)).Start;
        Assert.Equal(new(null, "Unknown: no workload that runs says when it ends"), start);
    }

    /// <summary>All of the one node is taken by <c>train-9</c>.</summary>
    private static async Task<WorkloadsFixture> FullAsync(WorkloadSpec spec)
    {
        var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync();
        await StartAsync(fixture, spec);
        return fixture;
    }

    private static async Task StartAsync(WorkloadsFixture fixture, WorkloadSpec spec)
    {
        await fixture.SubmitAsync("train-9", spec);
        await fixture.PlaceAsync();
        await fixture.StartAsync(Assert.IsType<WorkOrder.Run>(Assert.Single(await fixture.OrdersAsync())).Attempt);
    }

    private static async Task<Explanation> ExplainAsync(WorkloadsFixture fixture, RunId id) =>
        (await fixture.Host.Questions.ExplainAsync(WorkloadsFixture.Someone, id, default)).Value;
}
