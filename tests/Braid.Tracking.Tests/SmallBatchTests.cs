using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;
using static Braid.Tracking.Tests.SmallBatches;

namespace Braid.Tracking.Tests;

/// <summary>Small batches of points wait in an inbox.</summary>
public sealed class SmallBatchTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_first_points_of_a_series_go_to_it_and_later_ones_wait(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: 1);
        Assert.Equal(0, await WaitingAsync(tracking));
        await LogAsync(tracking, run, step: 2);
        await LogAsync(tracking, run, step: 3);
        Assert.Equal(2, await WaitingAsync(tracking));
        await tracking.Series.AppendAsync(someone, run, [At("m0", 4), At("new", 4)], default);
        Assert.Equal(0, await WaitingAsync(tracking));
        await LogAsync(tracking, run, step: 5);
        await FoldAsync(tracking);
        Assert.Equal(0, await WaitingAsync(tracking));
        Assert.Equal([1, 2, 3, 4, 5], await HistoryAsync(tracking, run, "m0"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_fold_that_is_undone_leaves_the_batches_waiting(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: 1);
        await LogAsync(tracking, run, step: 2);
        await LogAsync(tracking, run, step: 3);
        await tracking.Database.RehearseAsync<Unit>(
            async db =>
            {
                await InboxFold.RunAsync(db, run);
                return Unit.Value;
            },
            default
        );
        Assert.Equal(2, await WaitingAsync(tracking));
        Assert.Equal([1, 2, 3], await HistoryAsync(tracking, run, "m0"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_an_attempt_left_waiting_is_discarded_with_it(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, attempt) = await tracking.JobAsync();
        await LogAsync(tracking, run, step: 1);
        await AppendAsync(tracking, attempt, run, [At("m0", 9), At("m1", 9)]);
        await LogAsync(tracking, run, step: 2);
        Assert.Equal(2, await WaitingAsync(tracking));
        await tracking.Database.WriteAsync(
            db => tracking.Runs.DiscardWriterAsync(db, run, attempt.Writer ?? ""),
            default
        );
        Assert.Equal(0, await WaitingAsync(tracking));
        Assert.Equal([1, 2], await HistoryAsync(tracking, run, "m0"));
        var left = (await tracking.Runs.GetAsync(someone, run, RunParts.Metrics, default)).Value;
        Assert.Equal((2, 2), (left.LastIteration, left.Metrics.Single(one => one.Metric == "m0").Count));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_waits_goes_with_its_series_or_its_run(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        Func<Task>[] removals =
        [
            () => tracking.Series.DeleteAsync(someone, run, default),
            () => tracking.Runs.ResetAsync(someone, run, force: true, StoredFiles.Stay, default),
            () => tracking.Runs.DeleteAsync(someone, run, StoredFiles.Stay, default),
        ];
        foreach (var remove in removals)
        {
            await LogAsync(tracking, run, step: 1);
            await LogAsync(tracking, run, step: 2);
            Assert.Equal(1, await WaitingAsync(tracking));
            await remove();
            Assert.Equal(0, await WaitingAsync(tracking));
            Assert.Empty(await HistoryAsync(tracking, run, "m0"));
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Series_that_another_server_removed_are_not_taken_for_known(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var elsewhere = new Series.Series(tracking.Database, tracking.Clock);
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: 1);
        await LogAsync(tracking, run, step: 2);
        await elsewhere.DeleteAsync(someone, run, default);
        await LogAsync(tracking, run, step: 3);
        Assert.Equal(0, await WaitingAsync(tracking));
        Assert.Equal([3], await HistoryAsync(tracking, run, "m0"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_damaged_batch_is_set_aside_and_told_once_and_keeps_no_other_waiting(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, other) = ((await tracking.RunAsync()).Id, (await tracking.RunAsync()).Id);
        foreach (var step in (long[])[1, 2, 3])
        {
            await LogAsync(tracking, run, step);
            await LogAsync(tracking, other, step);
        }

        await ExecuteAsync(
            tracking,
            "UPDATE series_inbox SET bytes = @bytes WHERE sequence = (SELECT MIN(sequence) FROM series_inbox)"
        );
        var folds = new SeriesFolds(tracking.Database);
        var told = new List<DamagedBatch>();
        await folds.StepAsync(told.Add, default);
        await folds.StepAsync(told.Add, default);
        Assert.Equal((run, "a batch of points is damaged"), (told.Single().RunId, told.Single().Damage));
        Assert.Equal(1, await WaitingAsync(tracking));
        Assert.Equal([1, 3], await HistoryAsync(tracking, run, "m0"));
        Assert.Equal([1, 2, 3], await HistoryAsync(tracking, other, "m0"));
        await tracking.Series.DeleteAsync(someone, run, default);
        Assert.Equal(0, await WaitingAsync(tracking));
    }

    [Fact]
    public async Task What_is_found_to_be_damaged_after_later_batches_is_told_too()
    {
        await using var tracking = await TrackingFixture.OpenAsync("sqlite");
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: 1);
        await LogAsync(tracking, run, step: 2);
        await LogAsync(tracking, run, step: 3);
        // Nothing is folded meanwhile.
        await ExecuteAsync(tracking, "UPDATE series SET tail = @bytes WHERE owner_id = @run", run);
        var folds = new SeriesFolds(tracking.Database);
        var told = new List<long>();
        const string setAside = "UPDATE series_inbox SET damage = 'bad' WHERE damage IS NULL AND sequence = ";
        await ExecuteAsync(tracking, setAside + "(SELECT MAX(sequence) FROM series_inbox)");
        await Assert.ThrowsAsync<AggregateException>(() => folds.StepAsync(batch => told.Add(batch.Sequence), default));
        await ExecuteAsync(tracking, setAside + "(SELECT MIN(sequence) FROM series_inbox)");
        await folds.StepAsync(batch => told.Add(batch.Sequence), default);
        await folds.StepAsync(batch => told.Add(batch.Sequence), default);
        Assert.Equal(2, told.Count);
        Assert.True(told[0] > told[1]);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_run_whose_series_are_damaged_keeps_no_other_waiting(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, other) = ((await tracking.RunAsync()).Id, (await tracking.RunAsync()).Id);
        foreach (var step in (long[])[1, 2])
        {
            await LogAsync(tracking, run, step);
            await LogAsync(tracking, other, step);
        }

        await ExecuteAsync(tracking, "UPDATE series SET tail = @bytes WHERE owner_id = @run", run);
        var failure = await Assert.ThrowsAsync<AggregateException>(() => FoldAsync(tracking));
        Assert.Contains($"{run}", Assert.Single(failure.InnerExceptions).Message, StringComparison.Ordinal);
        Assert.Equal(1, await WaitingAsync(tracking));
        Assert.Equal([1, 2], await HistoryAsync(tracking, other, "m0"));
    }

    [Fact]
    public async Task A_full_run_takes_points_of_its_series_and_refuses_others_at_once()
    {
        await using var tracking = await TrackingFixture.OpenAsync("sqlite");
        var run = (await tracking.RunAsync()).Id;
        Point[] all = [.. Enumerable.Range(0, Series.Series.MostOfOwner).Select(i => At($"m{i}", 1))];
        await AppendAsync(tracking, someone, run, all);
        await LogAsync(tracking, run, step: 2);
        await LogAsync(tracking, run, step: 3);
        Assert.Equal(1, await WaitingAsync(tracking));
        var more = await tracking.Series.AppendAsync(someone, run, [At("m0", 4), At("one more", 4)], default);
        Assert.Equal("tracking.too-many-series", more.Error?.Code);
        Assert.Equal([1, 2, 3], await HistoryAsync(tracking, run, "m0"));
    }

    [Fact]
    public async Task No_more_batches_of_a_run_wait_than_are_folded_at_a_time()
    {
        await using var tracking = await TrackingFixture.OpenAsync("sqlite");
        var run = (await tracking.RunAsync()).Id;
        for (var step = 0; step <= InboxRows.MostAtOnce + 1; step++)
        {
            await LogAsync(tracking, run, step);
        }

        Assert.Equal(0, await WaitingAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_batch_of_known_series_costs_one_statement(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: 1);
        var statements = new List<string>();
        tracking.Database.Watch = statements.Add;
        await LogAsync(tracking, run, step: 2);
        tracking.Database.Watch = null;
        Assert.Single(statements, text => !text.Contains("pg_notify", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Batches_of_a_jobs_child_wait_too(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, attempt) = await tracking.JobAsync();
        NewRun trial = new()
        {
            Protocol = "test",
            Name = "trial",
            Status = RunStatus.InProgress,
        };
        var own = (await tracking.Runs.CreateAsync(attempt, trial, default)).Value.Id;
        var child = (await tracking.Runs.CreateAsync(attempt, trial, default)).Value.Id;
        Assert.Equal(run, own);
        for (var step = 1; step < 4; step++)
        {
            await AppendAsync(tracking, attempt, child, [At("m0", step), At("m1", step)]);
        }

        Assert.Equal(2, await WaitingAsync(tracking));
        Assert.Equal([1, 2, 3], await HistoryAsync(tracking, child, "m0"));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_run_in_the_trash_or_of_another_job_takes_no_batch(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: 1);
        var (_, stranger) = await tracking.JobAsync();
        var refused = await tracking.Series.AppendAsync(stranger, run, [At("m0", 2), At("m1", 2)], default);
        Assert.Equal(ErrorKind.PermissionDenied, refused.Error?.Kind);
        await tracking.Runs.TrashAsync(someone, run, default);
        var trashed = await tracking.Series.AppendAsync(someone, run, [At("m0", 2), At("m1", 2)], default);
        Assert.Equal("tracking.run-trashed", trashed.Error?.Code);
        Assert.Equal(0, await WaitingAsync(tracking));
    }

    /// <param name="sql">May name <c>@bytes</c>, which are no points, and <c>@run</c>.</param>
    private static Task ExecuteAsync(TrackingFixture tracking, string sql, RunId run = default) =>
        tracking.Database.WriteAsync<int>(
            async db => await db.ExecuteAsync(sql, new { bytes = new byte[] { 9, 9, 9 }, run = run.ToString() }),
            default
        );
}
