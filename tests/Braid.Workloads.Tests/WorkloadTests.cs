using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Scheduling;
using Braid.Testing;
using Braid.Tracking.Runs;
using Braid.Workloads.Desks;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

public sealed class WorkloadTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_workload_is_placed_runs_and_ends_and_so_does_its_run(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        var (workload, order) = await fixture.PlacedAsync();
        Assert.Equal(RunStatus.Queued, (await fixture.RunOfAsync(workload.Id)).Status);

        await fixture.StartAsync(order.Attempt);
        Assert.Equal(RunStatus.InProgress, (await fixture.RunOfAsync(workload.Id)).Status);
        Assert.True((await fixture.Authenticator.FromKeyAsync(order.Keys, default)).IsOk);

        await fixture.EndAsync(order.Attempt, 0);
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(workload.Id)).State);
        Assert.Equal(RunStatus.Completed, (await fixture.RunOfAsync(workload.Id)).Status);
        Assert.False((await fixture.Authenticator.FromKeyAsync(order.Keys, default)).IsOk);
        Assert.Empty(await fixture.OrdersAsync());
    }

    [Fact]
    public async Task One_that_fails_is_begun_again_until_it_has_failed_too_often()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync(WorkloadsFixture.NewSpec() with { BackoffLimit = 1 });
        await fixture.EndAsync(order.Attempt, 3);
        Assert.Equal(WorkloadState.Pending, (await fixture.GetAsync(workload.Id)).State);

        await fixture.PlaceAsync();
        var second = Assert.Single(await fixture.OrdersAsync());
        Assert.True(second.Attempt.Fence > order.Attempt.Fence);
        await fixture.EndAsync(second.Attempt, 4);

        var ended = await fixture.GetAsync(workload.Id);
        Assert.Equal(WorkloadState.Failed, ended.State);
        Assert.Contains("exited with code 4 (2 failures)", ended.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, (await fixture.RunOfAsync(workload.Id)).Status);
    }

    [Fact]
    public async Task Only_as_many_replicas_run_side_by_side_as_it_says()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        var workload = await fixture.SubmitAsync(
            spec: WorkloadsFixture.NewSpec() with
            {
                Parallelism = 2,
                Completions = 3,
            }
        );
        await fixture.PlaceAsync();
        var first = await fixture.OrdersAsync();
        Assert.Equal(2, first.Count);

        await fixture.EndAsync(first[0].Attempt, 0);
        await fixture.PlaceAsync();
        var more = await fixture.OrdersAsync();
        Assert.Equal(["train-1", "train-2"], more.Select(order => order.Attempt.Replica).Order());

        await fixture.EndAsync(more[0].Attempt, 0);
        await fixture.EndAsync(more[1].Attempt, 0);
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(workload.Id)).State);
    }

    [Fact]
    public async Task A_suspended_one_is_stopped_and_runs_again_when_it_is_resumed()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.StartAsync(order.Attempt);
        await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, workload.Id, default);
        Assert.IsType<WorkOrder.Stop>(Assert.Single(await fixture.OrdersAsync()));

        await fixture.EndAsync(order.Attempt, 143);
        await fixture.PlaceAsync();
        Assert.Empty(await fixture.OrdersAsync());
        Assert.Equal(WorkloadState.Suspended, (await fixture.GetAsync(workload.Id)).State);

        await fixture.Host.Workloads.ResumeAsync(WorkloadsFixture.Someone, workload.Id, default);
        await fixture.PlaceAsync();
        Assert.IsType<WorkOrder.Run>(Assert.Single(await fixture.OrdersAsync()));
    }

    [Fact]
    public async Task Ending_one_stops_what_runs_of_it()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.StartAsync(order.Attempt);
        await fixture.Host.Workloads.StopAsync(WorkloadsFixture.Someone, workload.Id, default);
        Assert.IsType<WorkOrder.Stop>(Assert.Single(await fixture.OrdersAsync()));
        Assert.Equal(RunStatus.Stopped, (await fixture.RunOfAsync(workload.Id)).Status);

        await fixture.EndAsync(order.Attempt, 143);
        Assert.Empty(await fixture.OrdersAsync());
        Assert.Equal(
            "workloads.workload-ended",
            (await fixture.Host.Workloads.StopAsync(WorkloadsFixture.Someone, workload.Id, default)).Error?.Code
        );
    }

    [Fact]
    public async Task Who_has_not_done_its_work_is_placed_again_though_others_have_done_theirs()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync();
        await fixture.SubmitAsync(spec: WorkloadsFixture.NewSpec() with { Parallelism = 2 });
        for (var cycle = 0; cycle < 3 && (await fixture.OrdersAsync()).Count < 2; cycle++)
        {
            await fixture.PlaceAsync();
        }

        var orders = await fixture.OrdersAsync();
        Assert.Equal(2, orders.Count);
        await fixture.EndAsync(orders[0].Attempt, 0);
        await fixture.EndAsync(orders[1].Attempt, 1);
        await fixture.PlaceAsync();
        Assert.Equal(orders[1].Attempt.Replica, Assert.Single(await fixture.OrdersAsync()).Attempt.Replica);
    }

    [Fact]
    public async Task A_member_gives_programs_no_folders_of_machines_and_ends_no_work_of_others()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var ada = new Caller.Member("ada");
        var spec = WorkloadsFixture.NewSpec() with { Volumes = [new("/root", "/data")] };
        var refused = await fixture.Host.Workloads.SubmitAsync(ada, new("peek", "default", spec), default);
        Assert.Equal("workloads.folders-of-machines", refused.Error?.Code);
        var others = await fixture.SubmitAsync();
        Assert.Equal(
            "workloads.others-workload",
            (await fixture.Host.Workloads.StopAsync(ada, others.Id, default)).Error?.Code
        );
    }

    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("-1")]
    public async Task A_time_that_is_none_stops_no_node(string seconds)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        await fixture.RegisterAsync();
        var manifest =
            "apiVersion: kubeflow.org/v1\nkind: TFJob\nmetadata: {name: job}\nspec: {tfReplicaSpecs: {Worker: {template: {spec: "
            + $"{{terminationGracePeriodSeconds: {seconds}, containers: [{{name: tensorflow, image: x}}]}}}}}}}}}}";
        var made = await fixture.Host.Jobs.SubmitAsync(WorkloadsFixture.Someone, manifest, null, default);
        await fixture.PlaceAsync();
        Assert.Equal(made.IsOk ? 1 : 0, (await fixture.OrdersAsync()).Count);
    }

    [Fact]
    public async Task One_that_runs_too_long_is_ended()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var spec = WorkloadsFixture.NewSpec() with { TimeLimit = TimeSpan.FromMinutes(1) };
        var (workload, order) = await fixture.PlacedAsync(spec);
        await fixture.StartAsync(order.Attempt);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        await fixture.Host.NewKeeping().StepAsync(default);
        Assert.Equal(WorkloadState.Failed, (await fixture.GetAsync(workload.Id)).State);
        Assert.Contains("longer", (await fixture.GetAsync(workload.Id)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Train", "workloads.bad-workload")]
    [InlineData("", "workloads.bad-workload")]
    [InlineData("taken", "workloads.workload-exists")]
    public async Task A_name_that_will_not_do_is_refused(string name, string code)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.SubmitAsync("taken");
        var refused = await fixture.Host.Workloads.SubmitAsync(
            WorkloadsFixture.Someone,
            new(name, "default", WorkloadsFixture.NewSpec()),
            default
        );
        Assert.Equal(code, refused.Error?.Code);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_leaves_no_run()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var refused = await fixture.Host.Workloads.SubmitAsync(
            WorkloadsFixture.Someone,
            new("train", "nowhere", WorkloadsFixture.NewSpec()),
            default
        );
        Assert.Equal("workloads.no-such-share", refused.Error?.Code);
        var bad = WorkloadsFixture.NewSpec() with
        {
            Request = new() { Gpus = 1, GpuFraction = 0.5 },
        };
        Assert.Equal(
            "workloads.bad-workload",
            (await fixture.Host.Workloads.SubmitAsync(WorkloadsFixture.Someone, new("x", "default", bad), default))
                .Error
                ?.Code
        );
        Assert.Equal(0, (await fixture.Runs.CountAsync(WorkloadsFixture.Someone, new(), default)).Value);
    }
}
