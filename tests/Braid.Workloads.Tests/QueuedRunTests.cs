using Braid.Primitives;
using Braid.Scheduling;
using Braid.Testing;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Workers;
using Braid.Workloads.Desks;
using Braid.Workloads.Queued;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>Runs of queues, taken by workers that are not ours and by nodes of ours.</summary>
public sealed class QueuedRunTests
{
    private const string address = "10.0.0.7";
    private const string worker = "host:gpu0";
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(30);

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_worker_gets_as_many_runs_as_the_quota_of_the_queues_project_has_room_for(string store)
    {
        await using var fixture = await OpenAsync(store);
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var runs = await EnqueueAsync(fixture, queue, 2);
        await ComeAsync(fixture, "host:gpu0", queue);
        await ComeAsync(fixture, "host:gpu1", queue);
        await fixture.FollowAsync();

        Assert.Equal(runs[0], await TakeAsync(fixture, queue));
        Assert.Null(await TakeAsync(fixture, queue));
        await fixture.FollowAsync();
        Assert.Null(await TakeAsync(fixture, queue));
        var waits = await fixture.RunOfAsync(runs[1]);
        Assert.Equal(RunStatus.Queued, waits.Status);
        Assert.Contains("Limit is 1 GPUs", waits.StatusMessage, StringComparison.Ordinal);

        await EndAsync(fixture, runs[0], RunStatus.Completed);
        await fixture.FollowAsync();
        Assert.Equal(runs[1], await TakeAsync(fixture, queue));
        Assert.Equal(WorkloadState.Succeeded, (await fixture.GetAsync(runs[0])).State);
    }

    [Fact]
    public async Task A_queue_without_a_project_hands_out_to_whoever_asks()
    {
        await using var fixture = await OpenAsync();
        var queue = (await fixture.Queues.CreateAsync(WorkloadsFixture.Someone, new("free"), default)).Value.Id;
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));

        Assert.Equal(run, await TakeAsync(fixture, queue));
        await fixture.FollowAsync();
        Assert.Empty((await fixture.Host.Workloads.ListAsync(WorkloadsFixture.Someone, null, false, default)).Value);
    }

    [Fact]
    public async Task What_counts_are_the_gpus_of_the_worker_that_says_that_it_runs_it()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 8);
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await ComeAsync(fixture, "host:gpu0,1", queue);
        await fixture.FollowAsync();
        Assert.Equal(run, await TakeAsync(fixture, queue));
        Assert.Equal(2, await HeldAsync(fixture, run));

        await ComeAsync(fixture, "other:gpu0,1,2,3", queue);
        await SayAsync(fixture, "other:gpu0,1,2,3", queue, run);
        await fixture.FollowAsync();
        Assert.Equal(4, await HeldAsync(fixture, run));
        var nodes = await fixture.Host.Nodes.ListAsync(default);
        Assert.Equal(["clearml/host:gpu0,1", "clearml/other:gpu0,1,2,3"], nodes.Select(node => node.Name));
    }

    [Fact]
    public async Task A_run_that_is_moved_to_the_front_is_the_next_one()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var runs = await EnqueueAsync(fixture, queue, 3);
        await fixture.Waiting.MoveAsync(WorkloadsFixture.Someone, queue, runs[2], QueueMove.ToFront, 1, default);
        await ComeAsync(fixture, "host:gpu0", queue);
        await fixture.FollowAsync();
        Assert.Equal(runs[2], await TakeAsync(fixture, queue));
    }

    [Fact]
    public async Task A_run_that_is_taken_out_of_its_queue_is_no_work_any_more_and_is_again_when_it_comes_back()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await fixture.FollowAsync();
        Assert.Equal(WorkloadState.Pending, (await fixture.GetAsync(run)).State);

        await fixture.Waiting.DequeueAsync(WorkloadsFixture.Someone, run, null, "", "", default);
        await fixture.FollowAsync();
        Assert.Equal(WorkloadState.Stopped, (await fixture.GetAsync(run)).State);
        Assert.Equal(RunStatus.Created, (await fixture.RunOfAsync(run)).Status);

        await EnqueueAsync(fixture, queue, run);
        await ComeAsync(fixture, "host:gpu0", queue);
        await fixture.FollowAsync();
        Assert.Equal(run, await TakeAsync(fixture, queue));
    }

    [Fact]
    public async Task A_run_that_is_moved_to_a_queue_without_a_project_waits_there()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var free = (await fixture.Queues.CreateAsync(WorkloadsFixture.Someone, new("free"), default)).Value.Id;
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await fixture.FollowAsync();
        await EnqueueAsync(fixture, free, run);
        await fixture.FollowAsync();

        Assert.Equal(WorkloadState.Stopped, (await fixture.GetAsync(run)).State);
        Assert.Equal(RunStatus.Queued, (await fixture.RunOfAsync(run)).Status);
        Assert.Equal(run, await TakeAsync(fixture, free));
    }

    [Fact]
    public async Task A_run_that_a_worker_took_and_never_began_goes_back_to_its_queue()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await ComeAsync(fixture, "host:gpu0", queue);
        await fixture.FollowAsync();
        Assert.Equal(run, await TakeAsync(fixture, queue));

        fixture.Clock.Advance(TimeSpan.FromSeconds(91));
        await fixture.FollowAsync();
        Assert.Equal(run, (await fixture.Waiting.PeekAsync(WorkloadsFixture.Someone, queue, default)).Value?.Run);
        Assert.Contains("has not begun it", (await fixture.RunOfAsync(run)).StatusReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_way_is_told_has_its_time_and_is_first_in_its_queue_again()
    {
        await using var fixture = await OpenAsync();
        var (lab, team) = (await ShareAsync(fixture, "lab", quota: 0), await ShareAsync(fixture, "team", quota: 1));
        var borrowing = await BegunAsync(fixture, lab, team);

        var owed = Assert.Single(await EnqueueAsync(fixture, team, 1));
        await fixture.FollowAsync();
        await fixture.FollowAsync();
        var warned = await fixture.RunOfAsync(borrowing);
        Assert.Equal((RunStatus.InProgress, "stopping"), (warned.Status, warned.StatusMessage));
        Assert.Null(await TakeAsync(fixture, team));

        fixture.Clock.Advance(grace);
        await SayAsync(fixture, "host:gpu0", lab, null);
        await fixture.FollowAsync();
        var back = await fixture.RunOfAsync(borrowing);
        Assert.Equal(RunStatus.Queued, back.Status);
        Assert.NotEqual("stopping", back.StatusReason);
        Assert.NotEmpty(back.StatusReason);
        await fixture.FollowAsync();
        Assert.Null(await TakeAsync(fixture, lab));
        Assert.Equal(owed, await TakeAsync(fixture, team));
    }

    [Fact]
    public async Task What_is_aborted_while_it_gives_way_is_not_put_back_in_its_queue()
    {
        await using var fixture = await OpenAsync();
        var (lab, team) = (await ShareAsync(fixture, "lab", quota: 0), await ShareAsync(fixture, "team", quota: 1));
        var borrowing = await BegunAsync(fixture, lab, team);
        await EnqueueAsync(fixture, team, 1);
        await fixture.FollowAsync();
        await fixture.FollowAsync();
        Assert.Equal("stopping", (await fixture.RunOfAsync(borrowing)).StatusMessage);

        await fixture.Host.QueueDesk.AbortAsync(WorkloadsFixture.Someone, borrowing, default);
        await SayAsync(fixture, worker, lab, null);
        await fixture.FollowAsync();
        await fixture.FollowAsync();
        Assert.Equal(RunStatus.Stopped, (await fixture.RunOfAsync(borrowing)).Status);
        Assert.Equal(WorkloadState.Stopped, (await fixture.GetAsync(borrowing)).State);
        Assert.Null((await fixture.Waiting.PeekAsync(WorkloadsFixture.Someone, lab, default)).Value);
    }

    [Fact]
    public async Task An_abort_of_what_does_not_give_way_leaves_it_to_who_runs_it()
    {
        await using var fixture = await OpenAsync();
        var run = await BegunAsync(fixture, await ShareAsync(fixture, "lab", limit: 1));
        await fixture.Host.QueueDesk.AbortAsync(WorkloadsFixture.Someone, run, default);
        Assert.Equal(RunStatus.InProgress, (await fixture.RunOfAsync(run)).Status);
        Assert.Equal(WorkloadState.Running, (await fixture.GetAsync(run)).State);
    }

    [Fact]
    public async Task What_is_suspended_at_a_worker_is_told_and_waits_in_its_queue_until_it_is_resumed()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var run = await BegunAsync(fixture, queue);
        await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, run, default);
        await fixture.FollowAsync();
        var told = await fixture.RunOfAsync(run);
        Assert.Equal((RunStatus.InProgress, "stopping"), (told.Status, told.StatusMessage));
        Assert.Equal(1, await HeldAsync(fixture, run));

        await EndAsync(fixture, run, RunStatus.Stopped);
        await SayAsync(fixture, worker, queue, null);
        await fixture.FollowAsync();
        Assert.Equal(WorkloadState.Suspended, (await fixture.GetAsync(run)).State);
        var waits = await fixture.RunOfAsync(run);
        Assert.Equal(RunStatus.Queued, waits.Status);
        Assert.Contains("suspended", waits.StatusMessage, StringComparison.Ordinal);
        await fixture.FollowAsync();
        Assert.Null(await TakeAsync(fixture, queue));

        await fixture.Host.Workloads.ResumeAsync(WorkloadsFixture.Someone, run, default);
        await fixture.FollowAsync();
        Assert.Equal(run, await TakeAsync(fixture, queue));
    }

    [Fact]
    public async Task What_is_suspended_on_a_node_of_ours_is_stopped_there_and_goes_back_to_its_queue()
    {
        await using var fixture = await OpenAsync();
        await fixture.RegisterAsync(queues: ["mine"]);
        var queue = (await fixture.Queues.ListAsync(WorkloadsFixture.Someone, new(), default))
            .Value.Items.Single(one => one.Name == "mine")
            .Id;
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await fixture.FollowAsync();
        var order = Assert.Single(await fixture.OrdersAsync());
        await fixture.StartAsync(order.Attempt);

        await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, run, default);
        await fixture.FollowAsync();
        Assert.IsType<WorkOrder.Stop>(Assert.Single(await fixture.OrdersAsync()));
        Assert.Equal(RunStatus.InProgress, (await fixture.RunOfAsync(run)).Status);

        // Its program says that it was aborted, as the SDK does on a signal.
        await EndAsync(fixture, run, RunStatus.Stopped);
        await fixture.FollowAsync();
        await fixture.EndAsync(order.Attempt, 143);
        await fixture.FollowAsync();
        Assert.Equal(RunStatus.Queued, (await fixture.RunOfAsync(run)).Status);
        Assert.Equal(WorkloadState.Suspended, (await fixture.GetAsync(run)).State);
        Assert.Empty(await fixture.OrdersAsync());

        await fixture.Host.Workloads.ResumeAsync(WorkloadsFixture.Someone, run, default);
        await fixture.FollowAsync();
        Assert.IsType<WorkOrder.Run>(Assert.Single(await fixture.OrdersAsync()));
    }

    [Fact]
    public async Task What_is_suspended_in_front_of_its_queue_keeps_nobody_behind_it_waiting()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var runs = await EnqueueAsync(fixture, queue, 2);
        await fixture.FollowAsync();
        await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, runs[0], default);
        await ComeAsync(fixture, worker, queue);
        await fixture.FollowAsync();
        Assert.Equal(runs[1], await TakeAsync(fixture, queue));
    }

    [Fact]
    public async Task What_is_suspended_after_a_worker_took_it_is_told_when_it_has_begun()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, "lab", limit: 1);
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await ComeAsync(fixture, worker, queue);
        await fixture.FollowAsync();
        Assert.Equal(run, await TakeAsync(fixture, queue));
        await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, run, default);
        await fixture.FollowAsync();
        Assert.Equal(WorkloadState.Running, (await fixture.GetAsync(run)).State);

        await EndAsync(fixture, run, RunStatus.InProgress);
        await fixture.FollowAsync();
        Assert.Equal("stopping", (await fixture.RunOfAsync(run)).StatusMessage);
    }

    [Fact]
    public async Task A_node_of_ours_runs_what_waits_in_the_queues_that_it_serves()
    {
        await using var fixture = await OpenAsync();
        await fixture.RegisterAsync(queues: ["mine"]);
        var queue = (await fixture.Queues.ListAsync(WorkloadsFixture.Someone, new(), default))
            .Value.Items.Single(one => one.Name == "mine")
            .Id;
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await fixture.FollowAsync();
        var order = Assert.IsType<WorkOrder.Run>(Assert.Single(await fixture.OrdersAsync()));
        Assert.Equal($"{run}", order.Program.Environment["CLEARML_TASK_ID"]);
        Assert.Null(await TakeAsync(fixture, queue));

        await fixture.StartAsync(order.Attempt);
        Assert.Equal(RunStatus.InProgress, (await fixture.RunOfAsync(run)).Status);
        Assert.Null((await fixture.Waiting.PeekAsync(WorkloadsFixture.Someone, queue, default)).Value);
        await fixture.EndAsync(order.Attempt, 0);
        Assert.Equal(RunStatus.Completed, (await fixture.RunOfAsync(run)).Status);
    }

    [Fact]
    public async Task What_a_client_stops_is_stopped_where_it_runs()
    {
        await using var fixture = await OpenAsync();
        await fixture.RegisterAsync(queues: ["mine"]);
        var queue = (await fixture.Queues.ListAsync(WorkloadsFixture.Someone, new(), default))
            .Value.Items.Single(one => one.Name == "mine")
            .Id;
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await fixture.FollowAsync();
        var order = Assert.Single(await fixture.OrdersAsync());
        await fixture.StartAsync(order.Attempt);

        await EndAsync(fixture, run, RunStatus.Stopped);
        await fixture.FollowAsync();
        Assert.IsType<WorkOrder.Stop>(Assert.Single(await fixture.OrdersAsync()));
        Assert.Equal(RunStatus.Stopped, (await fixture.RunOfAsync(run)).Status);
    }

    [Fact]
    public async Task A_run_that_loses_its_node_goes_back_to_its_queue()
    {
        await using var fixture = await OpenAsync();
        await fixture.RegisterAsync(queues: ["mine"]);
        var queue = (await fixture.Queues.ListAsync(WorkloadsFixture.Someone, new(), default))
            .Value.Items.Single(one => one.Name == "mine")
            .Id;
        var run = Assert.Single(await EnqueueAsync(fixture, queue, 1));
        await fixture.FollowAsync();
        await fixture.StartAsync(Assert.Single(await fixture.OrdersAsync()).Attempt);

        await fixture.RegisterAsync(epoch: "epoch-2", queues: ["mine"]);
        Assert.Equal(RunStatus.Queued, (await fixture.RunOfAsync(run)).Status);
        Assert.Equal(run, (await fixture.Waiting.PeekAsync(WorkloadsFixture.Someone, queue, default)).Value?.Run);
    }

    /// <summary>A run of the first queue that a worker of one GPU, which listens to all, has begun.</summary>
    private static async Task<RunId> BegunAsync(WorkloadsFixture fixture, params QueueId[] queues)
    {
        var run = Assert.Single(await EnqueueAsync(fixture, queues[0], 1));
        await ComeAsync(fixture, worker, queues);
        await fixture.FollowAsync();
        Assert.Equal(run, await TakeAsync(fixture, queues[0]));
        await SayAsync(fixture, worker, queues[0], run);
        await EndAsync(fixture, run, RunStatus.InProgress);
        return run;
    }

    private static async Task<WorkloadsFixture> OpenAsync(string store = "sqlite")
    {
        var fixture = await WorkloadsFixture.OpenAsync(store);
        fixture.Decide = Scheduler.Decide;
        return fixture;
    }

    private static async Task<QueueId> ShareAsync(
        WorkloadsFixture fixture,
        string name,
        double quota = 0,
        double limit = -1
    )
    {
        var share = new NewShare(name, Queue: $"queue-{name}")
        {
            Terms = new()
            {
                Gpu = new()
                {
                    Quota = quota,
                    Limit = limit,
                    Weight = 1,
                },
            },
        };
        return (await fixture.Host.Shares.CreateAsync(WorkloadsFixture.Someone, share, default)).Value.Id;
    }

    private static async Task<IReadOnlyList<RunId>> EnqueueAsync(WorkloadsFixture fixture, QueueId queue, int count)
    {
        var runs = new List<RunId>();
        for (var number = 0; number < count; number++)
        {
            var run = await fixture.Runs.CreateAsync(
                WorkloadsFixture.Someone,
                new() { Protocol = "clearml", Name = $"run {number}" },
                default
            );
            runs.Add(run.Value.Id);
            await EnqueueAsync(fixture, queue, run.Value.Id);
        }

        return runs;
    }

    private static async Task EnqueueAsync(WorkloadsFixture fixture, QueueId queue, RunId run) =>
        Assert.True(
            (
                await fixture.Waiting.EnqueueAsync(
                    WorkloadsFixture.Someone,
                    run,
                    new QueueChoice.ById(queue),
                    new(RunStatus.Queued),
                    default
                )
            ).IsOk
        );

    private static async Task ComeAsync(WorkloadsFixture fixture, string name, params QueueId[] queues) =>
        Assert.True(
            (
                await fixture.Workers.RegisterAsync(
                    WorkloadsFixture.Someone,
                    new(name) { Address = address, Queues = queues },
                    default
                )
            ).IsOk
        );

    private static Task SayAsync(WorkloadsFixture fixture, string name, QueueId queue, RunId? run) =>
        fixture.Workers.ReportAsync(
            WorkloadsFixture.Someone,
            new(name)
            {
                Address = address,
                Run = run,
                Queue = run is null ? null : queue,
            },
            default
        );

    private static async Task<RunId?> TakeAsync(WorkloadsFixture fixture, QueueId queue) =>
        (
            await fixture.Host.QueueDesk.TakeAsync(
                WorkloadsFixture.Someone,
                queue,
                null,
                new AskingWorker(address, "host"),
                default
            )
        )
            .Value
            ?.Entry
            .Run;

    private static async Task EndAsync(WorkloadsFixture fixture, RunId run, RunStatus status) =>
        await fixture.Runs.SetStatusAsync(WorkloadsFixture.Someone, run, new(status) { Force = true }, default);

    private static async Task<double> HeldAsync(WorkloadsFixture fixture, RunId run) =>
        WorkloadFacts.Of(await fixture.GetAsync(run), 0).Held.Gpus;
}
