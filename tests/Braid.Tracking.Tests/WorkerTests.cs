using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Workers;

namespace Braid.Tracking.Tests;

public sealed class WorkerTests
{
    private static readonly Caller someone = TrackingFixture.Someone;
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_worker_is_there_until_its_timeout_has_passed_since_its_last_report(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.Workers.RegisterAsync(someone, new("a") { Timeout = 60 * second }, default);
        tracking.Clock.Advance(50 * second);
        await tracking.Workers.ReportAsync(someone, new("a"), default);
        tracking.Clock.Advance(50 * second);
        Assert.Equal(["a"], await NamesAsync(tracking, 3600 * second));
        Assert.Empty(await NamesAsync(tracking, 10 * second));

        tracking.Clock.Advance(11 * second);
        Assert.Empty(await NamesAsync(tracking, 3600 * second));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Samples_become_values_by_interval_and_old_ones_go(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var start = tracking.Clock.GetUtcNow();
        foreach (var value in (double[])[10, 30, 50])
        {
            await tracking.Workers.ReportAsync(
                someone,
                new("a") { Samples = [new("cpu_usage", "0", value), new("cpu_usage", "1", value + 1)] },
                default
            );
            tracking.Clock.Advance(40 * second);
        }

        var span = new HistorySpan(start, tracking.Clock.GetUtcNow(), 80 * second);
        Assert.Equal(
            [(start, 20.5), (start + span.Interval, 50.5)],
            await PointsAsync(tracking, span, Aggregation.Average)
        );
        Assert.Equal([(start, 31), (start + span.Interval, 51)], await PointsAsync(tracking, span, Aggregation.Max));
        var activity = (await tracking.WorkerHistory.ActivityAsync(someone, span, default)).Value;
        Assert.Equal([(1, 0), (1, 0)], activity.Select(point => (point.Total, point.Active)));

        tracking.Clock.Advance(TimeSpan.FromDays(31));
        await tracking.Workers.ReportAsync(someone, new("a") { Samples = [new("disk_read", "total", 1)] }, default);
        Assert.Empty(await PointsAsync(tracking, span, Aggregation.Min));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_run_of_a_lost_worker_fails_and_says_why(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, lost) = await StartAsync(tracking);
        tracking.Signs.Note(run);
        tracking.Clock.Advance(19 * second);
        await lost.StepAsync(default);
        Assert.Equal(RunStatus.InProgress, (await GetAsync(tracking, run)).Status);

        tracking.Clock.Advance(2 * second);
        await lost.StepAsync(default);

        var failed = await GetAsync(tracking, run);
        Assert.Equal((RunStatus.Failed, "worker a is lost"), (failed.Status, failed.StatusReason));
        Assert.Equal("worker a has not reported for 21 s", failed.StatusMessage);
        Assert.Null(Assert.Single((await tracking.Workers.ListAsync(someone, 3600 * second, default)).Value).Run);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_queue_takes_back_what_lost_workers_ran_a_few_times(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, lost) = await StartAsync(tracking, LostWorkers.RequeueLabel);
        for (var time = 0; time < 3; time++)
        {
            await LoseAsync(tracking, lost, run);
            Assert.Equal(RunStatus.Queued, (await GetAsync(tracking, run)).Status);
            await TakeAsync(tracking, run);
        }

        await LoseAsync(tracking, lost, run);

        Assert.Equal(RunStatus.Failed, (await GetAsync(tracking, run)).Status);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Who_asks_pings_or_reports_is_not_lost(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, lost) = await StartAsync(tracking);
        Func<Task>[] signs =
        [
            () => Task.Run(() => tracking.Signs.Note(run)),
            () => tracking.Runs.PingAsync(someone, run, default),
            () => tracking.Workers.ReportAsync(someone, new("a") { Run = run }, default),
        ];
        foreach (var sign in signs)
        {
            tracking.Clock.Advance(19 * second);
            await sign();
            await lost.StepAsync(default);
        }

        Assert.Equal(RunStatus.InProgress, (await GetAsync(tracking, run)).Status);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Who_never_asked_has_time_for_several_reports(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, lost) = await StartAsync(tracking);

        tracking.Clock.Advance(80 * second);
        await lost.StepAsync(default);
        Assert.Equal(RunStatus.InProgress, (await GetAsync(tracking, run)).Status);

        tracking.Clock.Advance(11 * second);
        await lost.StepAsync(default);
        Assert.Equal(RunStatus.Failed, (await GetAsync(tracking, run)).Status);
    }

    /// <summary>A run that worker a took from a queue and runs.</summary>
    private static async Task<(RunId Run, LostWorkers Lost)> StartAsync(
        TrackingFixture tracking,
        params string[] labels
    )
    {
        var lost = new LostWorkers(tracking.Database, tracking.Signs, tracking.Clock);
        var queue = (await tracking.Queues.CreateAsync(someone, new("fast") { Labels = labels }, default)).Value.Id;
        var run = (await tracking.DraftAsync()).Id;
        var choice = new QueueChoice.ById(queue);
        await tracking.Waiting.EnqueueAsync(someone, run, choice, new(RunStatus.Queued), default);
        await TakeAsync(tracking, run);
        return (run, lost);
    }

    private static async Task TakeAsync(TrackingFixture tracking, RunId run)
    {
        var queue = (await GetAsync(tracking, run)).QueueId ?? throw new InvalidOperationException("never queued");
        Assert.Equal(run, (await tracking.Waiting.TakeAsync(someone, queue, null, default)).Value?.Entry.Run);
        await tracking.Runs.SetStatusAsync(someone, run, new(RunStatus.InProgress), default);
        await tracking.Workers.ReportAsync(someone, new("a") { Run = run, Queue = queue }, default);
    }

    private static async Task LoseAsync(TrackingFixture tracking, LostWorkers lost, RunId run)
    {
        tracking.Signs.Note(run);
        tracking.Clock.Advance(21 * second);
        await lost.StepAsync(default);
    }

    private static async Task<Run> GetAsync(TrackingFixture tracking, RunId run) =>
        (await tracking.Runs.GetAsync(someone, run, RunParts.None, default)).Value;

    private static async Task<IReadOnlyList<string>> NamesAsync(TrackingFixture tracking, TimeSpan within) =>
        [.. (await tracking.Workers.ListAsync(someone, within, default)).Value.Select(worker => worker.Name)];

    private static async Task<IReadOnlyList<(DateTimeOffset, double)>> PointsAsync(
        TrackingFixture tracking,
        HistorySpan span,
        Aggregation aggregation
    ) =>
        [
            .. (
                await tracking.WorkerHistory.PointsAsync(someone, null, "cpu_usage", aggregation, span, false, default)
            ).Value.Select(point => (point.At, point.Value)),
        ];
}
