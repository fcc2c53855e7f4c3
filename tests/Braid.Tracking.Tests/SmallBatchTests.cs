using System.Globalization;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Tests;

/// <summary>Small batches of points wait in an inbox, and nobody can tell.</summary>
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
        await new SeriesFolds(tracking.Database).StepAsync(default);
        Assert.Equal(0, await WaitingAsync(tracking));
        Assert.Equal([1, 2, 3, 4, 5], await HistoryAsync(tracking, run, "m0"));
    }

    public static TheoryData<string, string> Readers
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var reader in readers.Keys)
            {
                all.Add("sqlite", reader);
                all.Add("postgres", reader);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Readers))]
    public async Task Whoever_reads_sees_what_waits(string store, string reader)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, other) = ((await tracking.RunAsync()).Id, (await tracking.RunAsync()).Id);
        foreach (var id in (RunId[])[run, other])
        {
            await LogAsync(tracking, id, step: 1);
            await tracking.Series.AppendAsync(someone, id, [At("single", Point.SingleValueStep, 1)], default);
        }

        await LogAsync(tracking, run, step: 7);
        await tracking.Series.AppendAsync(someone, run, [At("single", Point.SingleValueStep, 7)], default);
        Assert.Equal(2, await WaitingAsync(tracking));
        Assert.Equal("7", await readers[reader](tracking, run));
        Assert.Equal(0, await WaitingAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Whoever_reads_another_run_folds_nothing(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, other) = ((await tracking.RunAsync()).Id, (await tracking.RunAsync()).Id);
        await LogAsync(tracking, run, step: 1);
        await LogAsync(tracking, run, step: 2);
        await tracking.Runs.GetAsync(someone, other, RunParts.All, default);
        await tracking.Series.ListAsync(someone, [other], default);
        await tracking.Runs.StatusAsync(someone, run, default);
        Assert.Equal(1, await WaitingAsync(tracking));
    }

    [Theory]
    [InlineData("sqlite", 71)]
    [InlineData("sqlite", 72)]
    [InlineData("sqlite", 73)]
    [InlineData("postgres", 74)]
    public async Task Batches_that_wait_and_are_folded_give_what_direct_appends_give(string store, int seed)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var folds = new SeriesFolds(tracking.Database);
        var (run, attempt) = await tracking.JobAsync();
        var (twin, _) = await tracking.JobAsync();
        Caller[] callers = [attempt, someone];
        var random = new Random(seed);
        Point[] last = [];
        var waited = 0L;
        for (var turn = 0; turn < 300; turn++)
        {
            tracking.Clock.Advance(TimeSpan.FromSeconds(1));
            switch (random.Next(40))
            {
                case 0:
                    await folds.StepAsync(default);
                    break;
                case 1:
                    await HistoryAsync(tracking, run, "m0");
                    break;
                case 2:
                    var writer = attempt.Writer ?? "";
                    await tracking.Database.WriteAsync(
                        db => tracking.Runs.DiscardWriterAsync(db, run, writer),
                        default
                    );
                    await tracking.Database.WriteAsync(
                        db => tracking.Runs.DiscardWriterAsync(db, twin, writer),
                        default
                    );
                    break;
                case 3 when random.Next(4) == 0:
                    await tracking.Series.DeleteAsync(someone, run, default);
                    await tracking.Series.DeleteAsync(someone, twin, default);
                    break;
                default:
                    // A client sends a batch again when it did not get the answer.
                    last = random.Next(10) == 0 ? last : Any(random, turn);
                    var caller = callers[random.Next(10) == 0 ? 1 : 0];
                    await AppendAsync(tracking, caller, run, last);
                    await AppendDirectlyAsync(tracking, caller, twin, last);
                    break;
            }

            waited = Math.Max(waited, await WaitingAsync(tracking));
        }

        Assert.InRange(waited, 3, 300);
        await AssertSameAsync(tracking, run, twin);
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
    public async Task Clients_readers_and_folds_at_once_lose_and_double_nothing(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var elsewhere = new Series.Series(tracking.Database, tracking.Clock);
        var run = (await tracking.RunAsync()).Id;
        await LogAsync(tracking, run, step: -1);
        await Parallel.ForAsync(
            0,
            4,
            async (client, ct) =>
            {
                var series = client % 2 == 0 ? tracking.Series : elsewhere;
                for (var i = 0; i < 30; i++)
                {
                    var step = (client * 1000) + i;
                    Assert.True((await series.AppendAsync(someone, run, [At("m0", step), At("m1", step)], ct)).IsOk);
                    if (i % 7 == 0)
                    {
                        await new SeriesFolds(tracking.Database).StepAsync(ct);
                    }

                    if (i % 5 == 0)
                    {
                        var read = await series.HistoryAsync(someone, run, new("m1", "m1"), HistoryPage.All, ct);
                        Assert.Contains(step, read.Value.Items.Select(sample => sample.Step));
                    }
                }
            }
        );
        var history = await HistoryAsync(tracking, run, "m0");
        Assert.Equal((121, 121), (history.Count, history.Distinct().Count()));
        var listed = (await tracking.Series.ListAsync(someone, [run], default)).Value;
        Assert.Equal(121, listed.Single(one => one.Metric == "m1").Count);
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

    /// <summary>What each way of reading says of the newest value of m0, or of the single value.</summary>
    private static readonly Dictionary<string, Func<TrackingFixture, RunId, Task<string>>> readers = new()
    {
        ["get"] = async (tracking, run) =>
            Last((await tracking.Runs.GetAsync(someone, run, RunParts.Metrics, default)).Value.Metrics),
        ["get many"] = async (tracking, run) =>
            Last((await tracking.Runs.GetManyAsync(someone, [run], RunParts.Metrics, default)).Value[0].Metrics),
        ["last iteration"] = async (tracking, run) =>
            Text((await tracking.Runs.GetAsync(someone, run, RunParts.None, default)).Value.LastIteration),
        ["search"] = async (tracking, run) =>
            Last((await tracking.Runs.QueryAsync(someone, Above(5), default)).Value.Items.Single().Metrics),
        ["search in the metric's order"] = async (tracking, run) =>
            Last((await tracking.Runs.QueryAsync(someone, Ordered(), default)).Value.Items[0].Metrics),
        ["count"] = async (tracking, run) =>
            Text((await tracking.Runs.CountAsync(someone, Above(5), default)).Value * 7),
        ["count by project"] = async (tracking, run) =>
            Text((await tracking.Runs.CountByProjectAsync(someone, Above(5), default)).Value.Values.Sum() * 7),
        ["newest by project"] = async (tracking, run) =>
            Last((await tracking.Runs.NewestByProjectAsync(someone, Above(5), default)).Value.Single().Metrics),
        ["change"] = async (tracking, run) =>
            Last((await tracking.Runs.UpdateAsync(someone, run, new() { Comment = "seen" }, default)).Value.Metrics),
        ["status"] = async (tracking, run) =>
            Text(
                (await tracking.Runs.SetStatusAsync(someone, run, new(RunStatus.Completed), default))
                    .Value
                    .LastIteration
            ),
        ["list"] = async (tracking, run) => Last((await tracking.Series.ListAsync(someone, [run], default)).Value),
        ["history"] = async (tracking, run) => Text((await HistoryAsync(tracking, run, "m0"))[^1]),
        ["steps"] = async (tracking, run) =>
            Text(
                (await tracking.Series.StepsAsync(someone, run, new("m0", "m0"), StepPage.All, default)).Value[^1].Step
            ),
        ["number of steps"] = async (tracking, run) =>
            Text((await tracking.Series.CountStepsAsync(someone, run, [new("m0", "m0")], default)).Value[0] + 5),
        ["curves"] = async (tracking, run) =>
            Text((await tracking.Series.CurvesAsync(someone, new([run], 10, CurveAxis.Step), default)).Value[0].X[^1]),
        ["single values"] = async (tracking, run) =>
            Text((await tracking.Series.SingleValuesAsync(someone, [run], default)).Value[0].Point.Value),
    };

    private static RunQuery Above(double value) =>
        new() { Where = new Filter.Compare(new Field.Metric("m0", "m0"), Comparison.Greater, value) };

    private static RunQuery Ordered() =>
        new() { OrderBy = [new(new Field.Metric("m0", "m0"), Descending: true)], Limit = 1 };

    private static string Last(IEnumerable<SeriesSummary> metrics) =>
        Text(metrics.Single(one => one.Metric == "m0").Last.Value);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static Point At(string name, long step, double? value = null) => new(name, name, step, 1, value ?? step);

    /// <summary>A batch of ten series.</summary>
    private static Task LogAsync(TrackingFixture tracking, RunId run, long step) =>
        AppendAsync(tracking, someone, run, [.. Enumerable.Range(0, 10).Select(i => At($"m{i}", step))]);

    private static async Task AppendAsync(TrackingFixture tracking, Caller caller, RunId run, Point[] points) =>
        Assert.Null((await tracking.Series.AppendAsync(caller, run, points, default)).Error);

    private static async Task AppendDirectlyAsync(TrackingFixture tracking, Caller caller, RunId run, Point[] points) =>
        Assert.Null(
            (
                await tracking.Database.WriteAsync(
                    db => SeriesWriter.AppendAsync(db, caller, run, points, tracking.Clock.GetUtcNow()),
                    default
                )
            ).Error
        );

    private static Point[] Any(Random random, int turn) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 12))
                .Select(_ => new Point(
                    $"m{random.Next(6)}",
                    $"v{random.Next(2)}",
                    random.Next(20) == 0 ? random.Next(turn + 1) : turn,
                    random.Next(1000),
                    random.Next(8) == 0 ? double.NaN : random.Next(100)
                )),
        ];

    private static Task<long> WaitingAsync(TrackingFixture tracking) =>
        tracking.Database.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM series_inbox"), default);

    private static async Task<List<long>> HistoryAsync(TrackingFixture tracking, RunId run, string name)
    {
        var read = await tracking.Series.HistoryAsync(someone, run, new(name, name), HistoryPage.All, default);
        return [.. read.Value.Items.Select(sample => sample.Step)];
    }

    private static async Task AssertSameAsync(TrackingFixture tracking, RunId run, RunId twin)
    {
        var (one, other) = (await SummariesAsync(tracking, run), await SummariesAsync(tracking, twin));
        Assert.Equal(other, one);
        foreach (var name in one.Select(summary => summary.Name))
        {
            var history = await tracking.Series.HistoryAsync(someone, run, name, HistoryPage.All, default);
            var expected = await tracking.Series.HistoryAsync(someone, twin, name, HistoryPage.All, default);
            Assert.Equal(expected.Value.Items, history.Value.Items);
            var steps = await tracking.Series.StepsAsync(someone, run, name, StepPage.All, default);
            var expectedSteps = await tracking.Series.StepsAsync(someone, twin, name, StepPage.All, default);
            Assert.Equal(expectedSteps.Value, steps.Value);
        }

        var seen = (await tracking.Runs.GetAsync(someone, run, RunParts.None, default)).Value;
        var expectedRun = (await tracking.Runs.GetAsync(someone, twin, RunParts.None, default)).Value;
        Assert.Equal((expectedRun.LastIteration, expectedRun.LastUpdate), (seen.LastIteration, seen.LastUpdate));
    }

    private static async Task<IReadOnlyList<SeriesSummary>> SummariesAsync(TrackingFixture tracking, RunId run) =>
        [
            .. (await tracking.Series.ListAsync(someone, [run], default)).Value.Select(summary =>
                summary with
                {
                    Owner = default,
                }
            ),
        ];
}
