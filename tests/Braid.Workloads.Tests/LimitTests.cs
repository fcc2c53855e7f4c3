using Braid.Scheduling;
using Braid.Tracking.Runs;
using Braid.Workloads.Desks;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>How long work runs, and how long it is remembered.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(WorkloadKind.Train, WorkloadState.TimedOut)]
    [InlineData(WorkloadKind.Interactive, WorkloadState.Running)]
    public async Task A_share_limits_how_long_its_trainings_run(WorkloadKind kind, WorkloadState state)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync(WorkloadsFixture.NewSpec() with { Kind = kind });
        await fixture.StartAsync(order.Attempt);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));

        // Also what runs already.
        await fixture.Host.Shares.ChangeAsync(
            WorkloadsFixture.Someone,
            "default",
            terms => terms with { TrainTimeLimit = TimeSpan.FromMinutes(1) },
            default
        );
        await fixture.NewKeeping().StepAsync(default);
        Assert.Equal(state, (await fixture.GetAsync(workload.Id)).State);
    }

    [Fact]
    public async Task A_share_limits_how_long_its_jobs_run_as_their_own_deadline_would()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync();
        await fixture.Host.Shares.ChangeAsync(
            WorkloadsFixture.Someone,
            "default",
            terms => terms with { TrainTimeLimit = TimeSpan.FromMinutes(1) },
            default
        );
        var id = await SubmitJobAsync(fixture, "");
        await fixture.PlaceAsync();
        await fixture.StartAsync(Assert.Single(await fixture.OrdersAsync()).Attempt);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        await fixture.NewKeeping().StepAsync(default);
        var ended = await fixture.GetAsync(id);
        Assert.Equal(WorkloadState.Failed, ended.State);
        Assert.Contains("active longer than specified deadline", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_to_be_forgotten_after_its_end_is_gone_then_and_its_run_stays()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var spec = WorkloadsFixture.NewSpec() with { ForgetAfter = TimeSpan.FromHours(1) };
        var (workload, order) = await fixture.PlacedAsync(spec);
        await fixture.StartAsync(order.Attempt);
        await fixture.EndAsync(order.Attempt, 0);
        var keeping = fixture.NewKeeping();
        fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        await keeping.StepAsync(default);
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(workload.Id)).State);

        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        await keeping.StepAsync(default);
        Assert.False((await fixture.Host.Workloads.GetAsync(WorkloadsFixture.Someone, workload.Id, default)).IsOk);
        Assert.Equal(RunStatus.Completed, (await fixture.RunOfAsync(workload.Id)).Status);
    }

    [Fact]
    public async Task A_jobs_ttlSecondsAfterFinished_is_kept()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync();
        var id = await SubmitJobAsync(fixture, "runPolicy: {ttlSecondsAfterFinished: 60}, ");
        await fixture.PlaceAsync();
        var attempt = Assert.Single(await fixture.OrdersAsync()).Attempt;
        await fixture.StartAsync(attempt);
        await fixture.EndAsync(attempt, 0);
        var keeping = fixture.NewKeeping();
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        await keeping.StepAsync(default);
        Assert.False((await fixture.Host.Workloads.GetAsync(WorkloadsFixture.Someone, id, default)).IsOk);
        Assert.Empty(fixture.Failures);
    }

    [Fact]
    public async Task What_holds_a_place_still_is_not_forgotten()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var spec = WorkloadsFixture.NewSpec() with { ForgetAfter = TimeSpan.Zero };
        var (workload, order) = await fixture.PlacedAsync(spec);
        await fixture.Host.Workloads.StopAsync(WorkloadsFixture.Someone, workload.Id, default);
        var keeping = fixture.NewKeeping();
        await keeping.StepAsync(default);
        Assert.IsType<WorkOrder.Stop>(Assert.Single(await fixture.OrdersAsync()));

        await fixture.EndAsync(order.Attempt, 143);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await keeping.StepAsync(default);
        Assert.False((await fixture.Host.Workloads.GetAsync(WorkloadsFixture.Someone, workload.Id, default)).IsOk);
    }

    [Theory]
    [InlineData(WorkloadKind.Train, WorkloadState.TimedOut)]
    [InlineData(WorkloadKind.Inference, WorkloadState.Running)]
    public async Task What_does_nothing_for_longer_than_its_share_allows_is_ended(
        WorkloadKind kind,
        WorkloadState state
    )
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.Host.Shares.ChangeAsync(
            WorkloadsFixture.Someone,
            "default",
            terms => terms with { TrainIdleLimit = TimeSpan.FromMinutes(10) },
            default
        );
        var (workload, order) = await fixture.PlacedAsync(WorkloadsFixture.NewSpec() with { Kind = kind });
        await fixture.StartAsync(order.Attempt);
        var keeping = fixture.NewKeeping();

        // It was idle, and works again.
        fixture.Idle[order.Attempt] = TimeSpan.FromMinutes(9);
        await fixture.OrdersAsync();
        fixture.Idle.Clear();
        await fixture.OrdersAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(20));
        await keeping.StepAsync(default);
        Assert.Equal(WorkloadState.Running, (await fixture.GetAsync(workload.Id)).State);

        fixture.Idle[order.Attempt] = TimeSpan.FromMinutes(1);
        await fixture.OrdersAsync();
        await keeping.StepAsync(default);
        Assert.Equal(WorkloadState.Running, (await fixture.GetAsync(workload.Id)).State);
        fixture.Clock.Advance(TimeSpan.FromMinutes(9.5));
        await keeping.StepAsync(default);
        Assert.Equal(state, (await fixture.GetAsync(workload.Id)).State);
    }

    private static async Task<Primitives.RunId> SubmitJobAsync(WorkloadsFixture fixture, string policy)
    {
        var manifest =
            $"apiVersion: kubeflow.org/v1\nkind: TFJob\nmetadata: {{name: job}}\nspec: {{{policy}tfReplicaSpecs: {{Worker: "
            + "{template: {spec: {containers: [{name: tensorflow, image: x}]}}}}}";
        await fixture.Host.Jobs.SubmitAsync(WorkloadsFixture.Someone, manifest, null, default);
        return (await fixture.Host.Workloads.GetAsync(WorkloadsFixture.Someone, "default", "job", default)).Value.Id;
    }
}
