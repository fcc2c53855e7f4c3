using Braid.Primitives;
using Braid.Scheduling;
using Braid.Scheduling.Snapshots;
using Braid.Testing;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Workloads.Nodes;
using Braid.Workloads.Placement;
using Braid.Workloads.Queued;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests;

/// <summary>Placed queues in which more waits than is looked at: what a cycle costs, and that nobody is forgotten.</summary>
public sealed class LongQueueTests
{
    private const string address = "10.0.0.7";
    private const string worker = "host:gpu0";

    /// <summary>More than are looked at of those that need the same.</summary>
    private const int many = PlacementLoop.MostAlike + 10;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_a_cycle_reads_and_decides_on_does_not_grow_with_its_queue(string store)
    {
        await using var fixture = await WorkloadsFixture.OpenAsync(store);
        Snapshot? last = null;
        fixture.Decide = snapshot => Scheduler.Decide(last = snapshot);
        var queue = await ShareAsync(fixture, limit: 0);
        await ComeAsync(fixture, queue);

        var (considered, read) = (new List<int>(), new List<int>());
        foreach (var more in (int[])[many, 2 * many])
        {
            await EnqueueAsync(fixture, queue, more);
            await fixture.FollowAsync();
            var (rows, follows) = await fixture.Database.ReadAsync(
                async db =>
                    (
                        await ClusterRows.ReadHeadsAsync(db, PlacementLoop.MostAlike),
                        await QueueView.ReadAsync(db, most: 1000, isWhole: true)
                    ),
                default
            );
            Assert.Null(follows);
            read.Add(rows.Workloads.Count + rows.Replicas.Count + rows.Queues.Sum(one => one.Entries.Count));
            considered.Add(last!.Workloads.Count); // it was decided
        }

        Assert.Equal(considered[0], considered[1]);
        Assert.Equal(read[0], read[1]);
        Assert.InRange(considered[0], 1, many - 1);
        Assert.Equal((3 * many) - considered[0], last!.Queues.Single(one => one.Name == "lab").Behind.Gpus);
        Assert.Empty(fixture.Failures);
    }

    [Fact]
    public async Task Whoever_asks_why_one_waits_is_told_also_of_one_that_is_not_looked_at()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture, limit: 0);
        await ComeAsync(fixture, queue);
        var runs = await EnqueueAsync(fixture, queue, many);
        await fixture.FollowAsync();

        Assert.Contains("its turn", (await fixture.GetAsync(runs[^1])).Message, StringComparison.Ordinal);
        Assert.Contains("Limit is 0 GPUs", (await fixture.GetAsync(runs[0])).Message, StringComparison.Ordinal);
        var told = await fixture.Host.Questions.ExplainAsync(WorkloadsFixture.Someone, runs[^1], default);
        Assert.Contains(
            told.Value.Reasons,
            reason => reason.Text.Contains("Limit is 0 GPUs", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Runs_of_a_long_queue_are_handed_out_each_once_in_their_order()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture);
        await ComeAsync(fixture, queue);
        var runs = await EnqueueAsync(fixture, queue, many);
        foreach (var run in runs)
        {
            await fixture.FollowAsync();
            Assert.Equal(run, await TakeAsync(fixture, queue));
            await fixture.Runs.SetStatusAsync(
                WorkloadsFixture.Someone,
                run,
                new(RunStatus.Completed) { Force = true },
                default
            );
        }

        await fixture.FollowAsync();
        Assert.Null(await TakeAsync(fixture, queue));
        Assert.Empty((await fixture.Host.Workloads.ListAsync(WorkloadsFixture.Someone, null, true, default)).Value);
    }

    [Fact]
    public async Task One_that_needs_less_is_found_behind_many_that_do_not_fit()
    {
        await using var fixture = await OpenAsync();
        var queue = await ServedAsync(fixture, gpus: 1);
        await EnqueueAsync(fixture, queue, many, "--gpus 4");
        var small = Assert.Single(await EnqueueAsync(fixture, queue, 1, "--gpus 1"));
        await fixture.FollowAsync();
        Assert.Equal(small, Assert.Single(await fixture.OrdersAsync()).Attempt.Workload);
    }

    [Fact]
    public async Task Where_there_is_room_for_more_than_is_looked_at_all_find_their_place()
    {
        await using var fixture = await OpenAsync();
        var queue = await ServedAsync(fixture, gpus: 0);
        await EnqueueAsync(fixture, queue, 2 * many);
        await fixture.FollowAsync();
        await fixture.PlaceAsync();
        await fixture.PlaceAsync();
        Assert.Equal(2 * many, (await fixture.OrdersAsync()).Count);
    }

    [Fact]
    public async Task Many_that_are_suspended_in_front_keep_nobody_behind_them_waiting()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture);
        var runs = await EnqueueAsync(fixture, queue, many + 1);
        await fixture.FollowAsync();
        foreach (var run in runs.SkipLast(1))
        {
            await fixture.Host.Workloads.SuspendAsync(WorkloadsFixture.Someone, run, default);
        }

        await ComeAsync(fixture, queue);
        await fixture.FollowAsync();
        Assert.Equal(runs[^1], await TakeAsync(fixture, queue));

        await fixture.Host.Workloads.ResumeAsync(WorkloadsFixture.Someone, runs[3], default);
        await fixture.Runs.SetStatusAsync(
            WorkloadsFixture.Someone,
            runs[^1],
            new(RunStatus.Completed) { Force = true },
            default
        );
        await fixture.FollowAsync();
        Assert.Equal(runs[3], await TakeAsync(fixture, queue));
    }

    [Fact]
    public async Task Many_that_cannot_be_read_in_front_keep_nobody_behind_them_waiting()
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture);
        var runs = await EnqueueAsync(fixture, queue, many + 1);
        await fixture.FollowAsync();
        // Another time of creation, or it would be known from before.
        await fixture.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "UPDATE workload SET spec = '?', created = created + 1 WHERE id <> @id",
                    new { id = runs[^1] }
                ),
            default
        );
        await ComeAsync(fixture, queue);
        await fixture.FollowAsync();
        await fixture.FollowAsync();
        Assert.Equal(runs[^1], await TakeAsync(fixture, queue));
    }

    [Theory]
    [InlineData("UPDATE queue_entry SET needs = NULL")] // as from before needs were noted
    [InlineData("DELETE FROM workload")]
    public async Task What_is_not_as_it_was_left_is_looked_at_anew(string change)
    {
        await using var fixture = await OpenAsync();
        var queue = await ShareAsync(fixture);
        var runs = await EnqueueAsync(fixture, queue, 2);
        await fixture.FollowAsync();
        await fixture.Database.WriteAsync(db => db.ExecuteAsync(change), default);
        await ComeAsync(fixture, queue);
        await fixture.FollowAsync();
        Assert.Equal(runs[0], await TakeAsync(fixture, queue));
    }

    private static async Task<WorkloadsFixture> OpenAsync()
    {
        var fixture = await WorkloadsFixture.OpenAsync();
        fixture.Decide = Scheduler.Decide;
        return fixture;
    }

    /// <summary>The queue of a project.</summary>
    private static async Task<QueueId> ShareAsync(WorkloadsFixture fixture, double limit = -1) => (
            await fixture.Host.Shares.CreateAsync(
                WorkloadsFixture.Someone,
                new("lab", Queue: "queue-lab")
                {
                    Terms = new()
                    {
                        Gpu = new() { Limit = limit, Weight = 1 },
                    },
                },
                default
            )
        ).Value.Id;

    /// <summary>A queue that a node of ours serves.</summary>
    private static async Task<QueueId> ServedAsync(WorkloadsFixture fixture, int gpus)
    {
        var machine = new Machine
        {
            CpuMillicores = 4000,
            MemoryBytes = 1L << 33,
            Gpus = [.. Enumerable.Range(0, gpus).Select(index => new MachineGpu(index, $"gpu-{index}", "", 1L << 33))],
            Queues = ["mine"],
        };
        await fixture.RegisterAsync("node-a", machine);
        var queues = await fixture.Queues.ListAsync(WorkloadsFixture.Someone, new(), default);
        return queues.Value.Items.Single(one => one.Name == "mine").Id;
    }

    private static async Task<IReadOnlyList<RunId>> EnqueueAsync(
        WorkloadsFixture fixture,
        QueueId queue,
        int count,
        string arguments = ""
    )
    {
        var runs = new List<RunId>();
        for (var number = 0; number < count; number++)
        {
            var run = new NewRun
            {
                Protocol = "clearml",
                Name = $"run {number}",
                With = new() { Documents = new() { Container = $$"""{"arguments":"{{arguments}}"}""" } },
            };
            var made = await fixture.Runs.CreateAsync(WorkloadsFixture.Someone, run, default);
            runs.Add(made.Value.Id);
            var queued = await fixture.Waiting.EnqueueAsync(
                WorkloadsFixture.Someone,
                made.Value.Id,
                new QueueChoice.ById(queue),
                new(RunStatus.Queued),
                default
            );
            Assert.True(queued.IsOk);
        }

        return runs;
    }

    private static async Task ComeAsync(WorkloadsFixture fixture, QueueId queue) =>
        Assert.True(
            (
                await fixture.Workers.RegisterAsync(
                    WorkloadsFixture.Someone,
                    new(worker) { Address = address, Queues = [queue] },
                    default
                )
            ).IsOk
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
}
