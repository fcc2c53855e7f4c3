using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Scheduling;
using Braid.Scheduling.Outcomes;
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
        await fixture.NewKeeping().StepAsync(default);
        Assert.Equal(WorkloadState.TimedOut, (await fixture.GetAsync(workload.Id)).State);
        Assert.Equal(RunStatus.Failed, (await fixture.RunOfAsync(workload.Id)).Status);
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

    [Fact]
    public async Task One_that_cannot_be_placed_keeps_no_others_from_their_places()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        var bad = await fixture.SubmitAsync("bad");
        var good = await fixture.SubmitAsync("good");
        var decide = fixture.Decide;
        fixture.Decide = snapshot =>
        {
            var decisions = decide(snapshot);
            var strange = new Decision.Bind(bad.Id, "no such replica", new("node-a", []));
            return decisions with { Steps = [strange, .. decisions.Steps] };
        };
        await fixture.PlaceAsync();
        Assert.Equal(ReplicaState.Bound, (await fixture.GetAsync(good.Id)).Replicas[0].State);
        Assert.Contains($"{bad.Id}", Assert.Single(fixture.Failures).Message, StringComparison.Ordinal);

        // It is left alone for a while.
        await fixture.PlaceAsync();
        Assert.Single(fixture.Failures);
    }

    [Fact]
    public async Task One_that_says_nothing_that_can_be_read_is_refused_alone_says_why_and_can_be_ended()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        var bad = await fixture.SubmitAsync("bad");
        await fixture.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "UPDATE workload SET spec = @spec, created = created + 1 WHERE id = @Id",
                    new { bad.Id, spec = WorkloadRow.Pack(new() { Kind = WorkloadKind.Train }) }
                ),
            default
        );
        var good = await fixture.SubmitAsync("good");
        await fixture.PlaceAsync();
        await fixture.PlaceAsync();
        Assert.Equal(ReplicaState.Bound, (await fixture.GetAsync(good.Id)).Replicas[0].State);
        var refused = await fixture.GetAsync(bad.Id);
        Assert.Equal(WorkloadState.Pending, refused.State);
        Assert.Contains("neither an image nor a command", refused.Message, StringComparison.Ordinal);
        Assert.Single(refused.Events, told => told.Kind == "Refused");
        var explained = await fixture.Host.Questions.ExplainAsync(WorkloadsFixture.Someone, bad.Id, default);
        Assert.Equal(refused.Message, Assert.Single(explained.Value.Reasons).Text);

        await fixture.Host.Workloads.StopAsync(WorkloadsFixture.Someone, bad.Id, default);
        Assert.Equal(WorkloadState.Stopped, (await fixture.GetAsync(bad.Id)).State);
    }

    [Fact]
    public async Task One_whose_spec_is_no_json_is_listed_with_the_others_and_says_so()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var bad = await fixture.SubmitAsync("bad");
        await fixture.SubmitAsync("good");
        await DamageAsync(fixture, bad.Id);

        var listed = await fixture.Host.Workloads.ListAsync(WorkloadsFixture.Someone, null, live: true, default);
        Assert.Equal(["bad", "good"], listed.Value.Select(one => one.Name).Order(StringComparer.Ordinal));
        var shown = await fixture.GetAsync(bad.Id);
        Assert.Equal(WorkloadKind.Train, shown.Spec.Kind);
        Assert.StartsWith("its spec cannot be read: ", shown.Message, StringComparison.Ordinal);
        Assert.Equal((default, default), (WorkloadFacts.Of(shown, 0).Wanted, WorkloadFacts.Of(shown, 0).Held));
    }

    [Fact]
    public async Task One_whose_spec_cannot_be_read_any_more_ends_where_it_runs_and_the_others_there_go_on()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (bad, order) = await fixture.PlacedAsync();
        var good = await fixture.SubmitAsync("good");
        await fixture.PlaceAsync();
        await DamageAsync(fixture, bad.Id);

        var orders = await fixture.OrdersAsync();
        Assert.Equal(good.Id, Assert.Single(orders.OfType<WorkOrder.Run>()).Attempt.Workload);
        Assert.Equal(order.Attempt, Assert.Single(orders.OfType<WorkOrder.Stop>()).Attempt);
        await fixture.EndAsync(order.Attempt, 143);
        var ended = await fixture.GetAsync(bad.Id);
        Assert.Equal(WorkloadState.Failed, ended.State);
        Assert.StartsWith("its spec cannot be read: ", ended.Message, StringComparison.Ordinal);
        Assert.Equal(good.Id, Assert.Single(await fixture.OrdersAsync()).Attempt.Workload);
    }

    [Fact]
    public async Task A_server_that_is_stopped_keeps_the_next_one_from_placing_no_longer()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        await fixture.Host.StartAsync(Scheduler.Decide, (_, _) => { }, default);
        var first = await fixture.SubmitAsync("first");
        await Eventually.IsTrueAsync(
            async () => (await fixture.GetAsync(first.Id)).Replicas is [{ State: ReplicaState.Bound }],
            "the first server places"
        );
        await fixture.Host.DisposeAsync();
        var second = await fixture.SubmitAsync("second");
        await fixture.PlaceAsAnotherServerAsync();
        Assert.Equal(ReplicaState.Bound, (await fixture.GetAsync(second.Id)).Replicas[0].State);
    }

    [Fact]
    public async Task Nothing_new_is_placed_on_a_node_that_is_cordoned_and_it_is_told_why()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        var (running, _) = await fixture.PlacedAsync();
        await fixture.Host.Nodes.CordonAsync(WorkloadsFixture.Someone, "node-a", true, default);
        var next = await fixture.SubmitAsync("next");
        await fixture.PlaceAsync();
        Assert.Equal(ReplicaState.Bound, (await fixture.GetAsync(running.Id)).Replicas[0].State);
        Assert.Equal("1 of 1 nodes are excluded: they are cordoned", (await fixture.GetAsync(next.Id)).Message);
        var explained = await fixture.Host.Questions.ExplainAsync(WorkloadsFixture.Someone, next.Id, default);
        Assert.Equal("node-cordoned", Assert.Single(explained.Value.Reasons).Code);
        Assert.Equal(["Uncordon 1 nodes"], explained.Value.Changes);

        await fixture.Host.Nodes.CordonAsync(WorkloadsFixture.Someone, "node-a", false, default);
        await fixture.PlaceAsync();
        Assert.Equal(ReplicaState.Bound, (await fixture.GetAsync(next.Id)).Replicas[0].State);
    }

    [Fact]
    public async Task One_that_cannot_be_decided_on_is_refused_alone()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        await fixture.RegisterAsync();
        var bad = await fixture.SubmitAsync("bad");
        var good = await fixture.SubmitAsync("good");
        var decide = fixture.Decide;
        fixture.Decide = snapshot =>
            snapshot.Workloads.Any(one => one.Id == bad.Id)
                ? throw new InvalidOperationException("its numbers make no sense")
                : decide(snapshot);
        await fixture.PlaceAsync();
        Assert.Equal(ReplicaState.Bound, (await fixture.GetAsync(good.Id)).Replicas[0].State);
        Assert.Equal("cannot be placed: its numbers make no sense", (await fixture.GetAsync(bad.Id)).Message);
        await fixture.PlaceAsync();
        Assert.Single(fixture.Failures);
        var explained = await fixture.Host.Questions.ExplainAsync(WorkloadsFixture.Someone, bad.Id, default);
        Assert.Equal("refused", Assert.Single(explained.Value.Reasons).Code);
    }

    [Fact]
    public async Task One_that_cannot_be_kept_keeps_no_others_waiting()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (limited, order) = await fixture.PlacedAsync(
            WorkloadsFixture.NewSpec() with
            {
                TimeLimit = TimeSpan.FromMinutes(1),
            }
        );
        await fixture.StartAsync(order.Attempt);
        await fixture.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    """
                    INSERT INTO workload (
                      id, share, name, kind, user_name, project_id, spec, status, state, suspended, waiting, created, look_at, fence)
                    SELECT 'ffffffffffffffffffffffffffffffff', share, 'strange', kind, user_name, project_id, '{', status, state,
                      suspended, waiting, created, 0, 0 FROM workload
                    """
                ),
            default
        );
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        await fixture.NewKeeping().StepAsync(default);
        Assert.NotNull((await fixture.GetAsync(limited.Id)).Ended);
        Assert.Contains("ffffffff", Assert.Single(fixture.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_to_one_is_kept_up_to_a_bound()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var workload = await fixture.SubmitAsync();
        var other = await fixture.SubmitAsync("other");
        for (var times = 0; times < 150; times++)
        {
            await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, workload.Id, default);
            await fixture.Host.Workloads.ResumeAsync(WorkloadsFixture.Someone, workload.Id, default);
        }

        Assert.Equal(200, (await fixture.GetAsync(workload.Id)).Events.Count);
        Assert.Equal("Resumed", (await fixture.GetAsync(workload.Id)).Events[^2].Kind);
        Assert.NotEmpty((await fixture.GetAsync(other.Id)).Events);
    }

    [Fact]
    public async Task The_log_says_where_the_lines_of_the_next_attempt_begin()
    {
        await using var fixture = await WorkloadsFixture.OpenAsync();
        var (workload, order) = await fixture.PlacedAsync();
        await fixture.Host.Desk.AppendAsync(
            WorkloadsFixture.Someone,
            "node-a",
            "epoch-1",
            order.Attempt,
            0,
            [new(fixture.Clock.GetUtcNow(), false, "one")],
            default
        );
        await fixture.RegisterAsync(epoch: "epoch-2");
        await fixture.PlaceAsync();
        var log = await fixture.Logs.SliceAsync(WorkloadsFixture.Someone, workload.Id, new(0, 100, 100), default);
        Assert.Equal(
            "train-0 begins again: its lines up to here are of an attempt that is over (it was lost)",
            log.Value.Last(line => line.Worker == "train-0").Text
        );
    }

    /// <summary>As a version would leave it that writes specs otherwise.</summary>
    private static Task DamageAsync(WorkloadsFixture fixture, RunId id) =>
        fixture.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "UPDATE workload SET spec = '{\"Kind\":', created = created + 1 WHERE id = @id",
                    new { id }
                ),
            default
        );
}
