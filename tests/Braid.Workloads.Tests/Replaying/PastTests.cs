using Braid.Primitives;
using Braid.Scheduling;
using Braid.Testing;
using Braid.Workloads.Desks;
using Braid.Workloads.Explaining;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replaying;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests.Replaying;

/// <summary>What would have become of stored work.</summary>
public sealed class PastTests
{
    private static readonly Machine machine = new()
    {
        CpuMillicores = 4000,
        MemoryBytes = 1L << 33,
        Gpus = [new(0, "", "", 1L << 30), new(1, "", "", 1L << 30)],
    };

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Other_quotas_would_have_let_others_start_and_give_way(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        fixture.Decide = Scheduler.Decide;
        await fixture.Host.Shares.CreateAsync(WorkloadsFixture.Someone, new("team"), default);
        await fixture.RegisterAsync("node-a", machine);
        await RunAsync(fixture, "default", "first", TimeSpan.FromMinutes(1));
        var first = Assert.Single(await fixture.OrdersAsync());
        var second = await SubmitAsync(fixture, "team", "second");
        fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        await fixture.RegisterAsync("node-a", machine, running: AttemptOf(first));
        await fixture.EndAsync(AttemptOf(first), 0);
        await fixture.PlaceAsync();
        var order = Assert.Single(await fixture.OrdersAsync());
        await fixture.StartAsync(AttemptOf(order));
        fixture.Clock.Advance(TimeSpan.FromMinutes(30));
        await fixture.RegisterAsync("node-a", machine, running: AttemptOf(order));

        var told = await ReplayAsync(fixture, TimeSpan.FromHours(2), new() { ["team"] = 2 });
        var minutes59 = TimeSpan.FromMinutes(59);
        Assert.Equal(
            [new("default", 1, 1, TimeSpan.Zero, TimeSpan.Zero, 2, 0), new("team", 1, 1, minutes59, minutes59, 1, 0)],
            told.Recorded
        );
        Assert.Equal(told.Recorded, told.Replayed);
        Assert.Equal(
            [
                new("default", 1, 1, TimeSpan.Zero, TimeSpan.Zero, 0.033333333, 1),
                new("team", 1, 1, TimeSpan.Zero, TimeSpan.Zero, 2.966666667, 0),
            ],
            told.Supposed!.Select(share => share with { GpuHours = Math.Round(share.GpuHours, 9) })
        );
        Assert.Equal("second", (await fixture.GetAsync(second)).Name);
    }

    [Fact]
    public async Task What_ran_when_the_time_begins_is_not_counted_as_waiting()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync("node-a", machine);
        await RunAsync(fixture, "default", "first", TimeSpan.FromHours(3));
        var told = await ReplayAsync(fixture, TimeSpan.FromHours(1), []);
        Assert.Equal([new("default", 0, 0, null, null, 2, 0)], told.Recorded);
        Assert.Equal(told.Recorded, told.Replayed);
        Assert.Null(told.Supposed);
    }

    [Fact]
    public async Task Only_a_past_of_some_length_and_only_known_projects_are_asked_about()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var past = fixture.Host.Past;
        var none = new SupposedTerms(Quotas([]), Quotas([]), Quotas([]));
        foreach (var wrong in new[] { TimeSpan.Zero, TimeSpan.FromDays(32) })
        {
            var refused = await past.ReplayAsync(WorkloadsFixture.Someone, wrong, none, default);
            Assert.Equal("workloads.bad-past", refused.Error?.Code);
        }

        var unknown = none with { Limits = Quotas(new() { ["nobody"] = 1 }) };
        var error = (await past.ReplayAsync(WorkloadsFixture.Someone, TimeSpan.FromDays(1), unknown, default)).Error;
        Assert.Equal("workloads.no-such-share", error?.Code);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_a_project_had_is_told_step_by_step(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync("node-a", machine);
        await RunAsync(fixture, "default", "first", TimeSpan.FromMinutes(59));
        var day = TimeSpan.FromHours(4);
        var told = (await fixture.Host.Past.UseAsync(WorkloadsFixture.Someone, day, default)).Value;
        Assert.Equal(fixture.Clock.GetUtcNow() - day, told.Since);
        var gpus = Assert.Single(told.Shares).Means.Select(parts => parts.Gpus).ToList();
        Assert.Equal(90, gpus.TakeWhile(mean => mean == 0).Count());
        Assert.Equal([1, 2], gpus[90..92].Select(mean => Math.Round(mean, 6)));
        Assert.Equal(2, gpus[^1], 6);
    }

    private static IReadOnlyDictionary<string, double> Quotas(Dictionary<string, double> quotas) => quotas;

    private static async Task<Retrospect> ReplayAsync(
        WorkloadsFixture fixture,
        TimeSpan past,
        Dictionary<string, double> quotas
    ) =>
        (
            await fixture.Host.Past.ReplayAsync(
                WorkloadsFixture.Someone,
                past,
                new(quotas, Quotas([]), Quotas([])),
                default
            )
        ).Value;

    private static async Task<RunId> SubmitAsync(WorkloadsFixture fixture, string share, string name)
    {
        var spec = WorkloadsFixture.NewSpec() with { Request = new() { Gpus = 2 } };
        return (await fixture.Host.Workloads.SubmitAsync(WorkloadsFixture.Someone, new(name, share, spec), default))
            .Value
            .Id;
    }

    private static async Task RunAsync(WorkloadsFixture fixture, string share, string name, TimeSpan time)
    {
        await SubmitAsync(fixture, share, name);
        await fixture.PlaceAsync();
        await fixture.StartAsync(AttemptOf(Assert.Single(await fixture.OrdersAsync())));
        fixture.Clock.Advance(time);
    }

    private static AttemptId AttemptOf(WorkOrder order) => Assert.IsType<WorkOrder.Run>(order).Attempt;
}
