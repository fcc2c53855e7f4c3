using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

public sealed class SeriesTests
{
    private static readonly SeriesName loss = new("train", "loss");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Any_appends_are_read_as_the_plain_model_says(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var random = new Random(21);
        foreach (var pattern in (int[])[1, 7, 63, 64, 65, 700])
        {
            var run = await tracking.RunAsync();
            var logged = new List<Sample>();
            for (var batch = 0; batch < 40; batch++)
            {
                var points = Batch(random, logged.Count, random.Next(1, pattern + 1));
                logged.AddRange(points.Select(point => new Sample(point.Step, point.TimestampMs, point.Value)));
                Assert.True((await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, points, default)).IsOk);
            }

            await AssertReadsAsync(tracking, run.Id, logged);
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_batch_sent_again_is_stored_once(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        foreach (var size in (int[])[1, 10, 200])
        {
            var points = Enumerable.Range(0, size).Select(step => At(step * 3)).ToArray();
            await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, points, default);
            await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, points, default);
            var summary = Assert.Single(await ListAsync(tracking, run.Id));
            Assert.Equal(size, summary.Count);
            Assert.Equal(size, (await HistoryAsync(tracking, run.Id)).Count);
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Concurrent_appends_to_one_series_lose_nothing(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await Parallel.ForAsync(
            0,
            4,
            async (writer, ct) =>
            {
                for (var i = 0; i < 30; i++)
                {
                    var point = At((writer * 1000) + i);
                    Assert.True((await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, [point], ct)).IsOk);
                }
            }
        );
        Assert.Equal(120, Assert.Single(await ListAsync(tracking, run.Id)).Count);
        Assert.Equal(120, (await HistoryAsync(tracking, run.Id)).Distinct().Count());
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_summary_tells_first_last_least_greatest_and_mean(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        Point[] points = [At(5, 50, 3), At(2, 20, -1), At(9, 90, double.NaN), At(7, 70, 8)];
        await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, points, default);
        var summary = Assert.Single(await ListAsync(tracking, run.Id));
        Assert.Equal(new(5, 50, 3), summary.First);
        Assert.Equal(new(9, 90, double.NaN), summary.Last);
        Assert.Equal(new(2, 20, -1), summary.Min);
        Assert.Equal(new(7, 70, 8), summary.Max);
        Assert.Equal(10 / 3.0, summary.Mean, 1e-12);
        Assert.Equal(
            9,
            (await tracking.Runs.GetAsync(TrackingFixture.Someone, run.Id, RunParts.None, default)).Value.LastIteration
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_one_step_the_curve_shows_what_arrived_last_and_the_history_everything(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, [At(1, 10, 1), At(2, 20, 2)], default);
        await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, [At(1, 30, 7)], default);
        var curve = Assert.Single((await CurvesAsync(tracking, run.Id, CurveAxis.Step)));
        Assert.Equal([1, 2], curve.X);
        Assert.Equal([7, 2], curve.Y);
        Assert.Equal([new(1, 10, 1), new(2, 20, 2), new(1, 30, 7)], await HistoryAsync(tracking, run.Id));
        var byTime = Assert.Single((await CurvesAsync(tracking, run.Id, CurveAxis.Timestamp)));
        Assert.Equal([20, 30], byTime.X);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Single_values_are_listed_apart_and_drawn_in_no_curve(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        var single = new Point("Summary", "accuracy", Point.SingleValueStep, 5, 0.9);
        await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, [single, At(1)], default);
        await tracking.Series.AppendAsync(
            TrackingFixture.Someone,
            run.Id,
            [single with { TimestampMs = 6, Value = 0.95 }],
            default
        );
        var values = (await tracking.Series.SingleValuesAsync(TrackingFixture.Someone, [run.Id], default)).Value;
        Assert.Equal((run.Id.Value, single with { TimestampMs = 6, Value = 0.95 }), Assert.Single(values));
        Assert.Equal(loss, Assert.Single(await CurvesAsync(tracking, run.Id, CurveAxis.Step)).Name);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_page_of_history_says_whether_there_is_more(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await tracking.Series.AppendAsync(TrackingFixture.Someone, run.Id, [At(1), At(2), At(3)], default);
        var first = (await tracking.Series.HistoryAsync(TrackingFixture.Someone, run.Id, loss, new(2), default)).Value;
        var second = (
            await tracking.Series.HistoryAsync(TrackingFixture.Someone, run.Id, loss, new(2, 2), default)
        ).Value;
        Assert.True(first.More);
        Assert.Equal([1, 2], first.Items.Select(sample => sample.Step));
        Assert.False(second.More);
        Assert.Equal([3], second.Items.Select(sample => sample.Step));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_model_has_series_of_its_own(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var model = (await tracking.Models.CreateAsync(TrackingFixture.Someone, new() { Name = "net" }, default)).Value;
        await tracking.Series.AppendAsync(TrackingFixture.Someone, model.Id, [At(4)], default);
        Assert.Single((await tracking.Series.ListAsync(TrackingFixture.Someone, [model.Id], default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Appending_to_no_run_or_with_NUL_in_a_name_is_refused(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        var stray = new RunId(IdSource.System.Next());
        var missing = await tracking.Series.AppendAsync(TrackingFixture.Someone, stray, [At(1)], default);
        Assert.Equal("tracking.no-such-run", missing.Error?.Code);
        var bad = await tracking.Series.AppendAsync(
            TrackingFixture.Someone,
            run.Id,
            [new("a\0", "b", 1, 1, 1)],
            default
        );
        Assert.Equal("tracking.bad-text", bad.Error?.Code);
    }

    private static Point At(long step, long ms = 0, double value = 1) =>
        new(loss.Metric, loss.Variant, step, ms == 0 ? step * 10 : ms, value);

    private static Point[] Batch(Random random, int from, int count) =>
        [
            .. Enumerable
                .Range(from, count)
                .Select(step =>
                    At(random.Next(10) == 0 ? random.Next(step + 1) : step, random.Next(1, 1000), random.NextDouble())
                ),
        ];

    private static async Task AssertReadsAsync(TrackingFixture tracking, RunId run, List<Sample> logged)
    {
        var history = logged.Distinct().OrderBy(s => s.TimestampMs).ThenBy(s => s.Step).ThenBy(s => s.Value);
        Assert.Equal(history, await HistoryAsync(tracking, run));
        var steps = logged.GroupBy(s => s.Step).OrderBy(group => group.Key).Select(group => group.Last());
        Assert.Equal(
            steps,
            (await tracking.Series.StepsAsync(TrackingFixture.Someone, run, loss, StepPage.All, default)).Value
        );
        var summary = Assert.Single(await ListAsync(tracking, run));
        Assert.Equal(logged.Min(s => s.Value), summary.Min.Value);
        Assert.Equal(logged.Max(s => s.Value), summary.Max.Value);
        Assert.Equal(logged.Max(s => (s.Step, s.TimestampMs, s.Value)).Value, summary.Last.Value);
    }

    private static async Task<IReadOnlyList<Sample>> HistoryAsync(TrackingFixture tracking, RunId run) =>
        (await tracking.Series.HistoryAsync(TrackingFixture.Someone, run, loss, HistoryPage.All, default)).Value.Items;

    private static async Task<IReadOnlyList<SeriesSummary>> ListAsync(TrackingFixture tracking, RunId run) =>
        (await tracking.Series.ListAsync(TrackingFixture.Someone, [run], default)).Value;

    private static async Task<IReadOnlyList<Curve>> CurvesAsync(TrackingFixture tracking, RunId run, CurveAxis axis) =>
        (await tracking.Series.CurvesAsync(TrackingFixture.Someone, new([run], 100, axis), default)).Value;
}
