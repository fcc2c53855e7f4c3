using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>Pages of a history, and curves by time, that read only some blocks of a series say what all of it would say.</summary>
public sealed class HistoryPageTests
{
    private static readonly SeriesName loss = new("loss", "train");

    private enum Times
    {
        Rising,

        /// <summary>Many points of one time.</summary>
        Standing,
        Falling,
        AtRandom,

        /// <summary>As of two programs that log to one run.</summary>
        InTwoLanes,
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pages_and_pieces_of_any_history_put_together_are_the_history(string store)
    {
        var seed = Seed.Pick();
        var random = new Random(seed);
        await using var tracking = await TrackingFixture.OpenAsync(store);
        foreach (var times in Enum.GetValues<Times>())
        {
            var run = (await tracking.RunAsync($"{times} of seed {seed}")).Id;
            var logged = await LogAsync(tracking, run, times, random, 3000);
            var expected = Arrangement.ByTime(logged.ToArray()).ToList();
            foreach (var forgets in new[] { false, true })
            {
                if (forgets)
                {
                    await ForgetTimesAsync(tracking, random);
                }

                Assert.Equal(expected, await PagesAsync(tracking, run, random.Next(1, 700)));
                Assert.Equal(expected, await PiecesAsync(tracking, run, random.Next(1, 700)));
                await CheckCurveAsync(tracking, run, logged);
            }
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pieces_go_on_behind_the_last_whatever_is_logged_before_it_meanwhile(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await AppendAsync(tracking, run, [.. Enumerable.Range(0, 200).Select(at => At(at, 1000 + at))]);
        var first = await ReadAsync(tracking, run, new(100));
        await AppendAsync(tracking, run, [At(500, 5), At(501, 6), At(502, 2000)]);

        var rest = await ReadAsync(tracking, run, new(1000, After: first.Items[^1]));

        Assert.Equal([.. Enumerable.Range(100, 100).Select(at => (long)at), 502], rest.Items.Select(one => one.Step));
        Assert.False(rest.More);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_page_reads_only_the_blocks_that_it_shows(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        for (var from = 0; from < 40_000; from += 4000)
        {
            await AppendAsync(tracking, run, [.. Enumerable.Range(from, 4000).Select(at => At(at, at / 3))]);
        }

        var read = 0;
        tracking.Database.Watch = sql => read += sql.Contains("SELECT bytes", StringComparison.Ordinal) ? 1 : 0;
        var page = await ReadAsync(tracking, run, new(500, Offset: 21_000));

        Assert.Equal(Enumerable.Range(21_000, 500).Select(at => (long)at), page.Items.Select(one => one.Step));
        Assert.True(page.More);
        Assert.InRange(read, 1, 2);
    }

    private static Sample At(long step, long ms) => new(step, ms, step);

    /// <summary>Logs in batches of any size; what was logged, in order of arrival.</summary>
    private static async Task<List<Sample>> LogAsync(
        TrackingFixture tracking,
        RunId run,
        Times times,
        Random random,
        int points
    )
    {
        var all = Enumerable
            .Range(0, points)
            .Select(at => new Sample(at, TimeOf(times, at, random), random.Next(5) == 0 ? double.NaN : random.Next(9)))
            .Append(new(Point.SingleValueStep, 1500, 7))
            .ToList();
        // Some arrive twice, some for a step that has been.
        all.AddRange(Enumerable.Range(0, 20).Select(_ => all[random.Next(points)]));
        all.AddRange(Enumerable.Range(0, 20).Select(_ => all[random.Next(points)] with { Value = 10 }));
        for (var from = 0; from < all.Count; )
        {
            var batch = all.Skip(from).Take(random.Next(1, 400)).ToArray();
            await AppendAsync(tracking, run, batch);
            from += batch.Length;
        }

        return all;
    }

    private static long TimeOf(Times times, int at, Random random) =>
        times switch
        {
            Times.Rising => 1000 + at,
            Times.Standing => 1000 + (at / 500),
            Times.Falling => 5000 - at,
            Times.InTwoLanes => 1000 + at + (at % 2 * 100),
            _ => random.Next(2000),
        };

    private static async Task AppendAsync(TrackingFixture tracking, RunId run, Sample[] samples)
    {
        var points = samples.Select(one => new Point(loss.Metric, loss.Variant, one.Step, one.TimestampMs, one.Value));
        Assert.True((await tracking.Series.AppendAsync(TrackingFixture.Someone, run, [.. points], default)).IsOk);
    }

    /// <summary>Some blocks are as an older release wrote them.</summary>
    private static Task ForgetTimesAsync(TrackingFixture tracking, Random random) =>
        tracking.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    """
                    UPDATE series_block SET min_ms = NULL, max_ms = NULL, samples = NULL WHERE sequence % 7 = @rest
                    """,
                    new { rest = random.Next(7) }
                ),
            default
        );

    private static async Task<Page<Sample>> ReadAsync(TrackingFixture tracking, RunId run, HistoryPage page) =>
        (await tracking.Series.HistoryAsync(TrackingFixture.Someone, run, loss, page, default)).Value;

    private static async Task<List<Sample>> PagesAsync(TrackingFixture tracking, RunId run, int size)
    {
        var read = new List<Sample>();
        for (var more = true; more; )
        {
            var page = await ReadAsync(tracking, run, new(size, Offset: read.Count));
            more = page.More;
            read.AddRange(page.Items);
        }

        return read;
    }

    private static async Task<List<Sample>> PiecesAsync(TrackingFixture tracking, RunId run, int size)
    {
        var list = new List<Sample>();
        var page = await ReadAsync(tracking, run, new(size) { Into = list });
        var read = page.Items.ToList();
        while (page.More)
        {
            page = await ReadAsync(tracking, run, new(size, After: read[^1]) { Into = list });
            read.AddRange(page.Items);
        }

        return read;
    }

    private static async Task CheckCurveAsync(TrackingFixture tracking, RunId run, List<Sample> logged)
    {
        const int samples = 50;
        var query = new CurveQuery([run], samples, CurveAxis.Timestamp);
        var curve = Assert.Single((await tracking.Series.CurvesAsync(TrackingFixture.Someone, query, default)).Value);
        var points = Arrangement.ByTimestamp(Arrangement.ByStep(logged.ToArray()));
        var (x, y) = Downsampling.Draw(points, CurveAxis.Timestamp, samples);
        Assert.Equal(x, curve.X);
        Assert.All(y.Zip(curve.Y), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
