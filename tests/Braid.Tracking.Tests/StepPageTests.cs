using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>Pages, counts and curves that read only some blocks of a series say what all of it would say.</summary>
public sealed class StepPageTests
{
    private static readonly SeriesName loss = new("loss", "train");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pages_of_any_series_put_together_are_the_series(string store)
    {
        var seed = Seed.Pick();
        var random = new Random(seed);
        await using var tracking = await TrackingFixture.OpenAsync(store);
        foreach (var order in Enum.GetValues<Order>())
        {
            var run = (await tracking.RunAsync($"{order} of seed {seed}")).Id;
            var expected = await LogAsync(tracking, run, order, random);
            var size = random.Next(1, 700);

            Assert.Equal(expected, await PagesAsync(tracking, run, new(size)));
            Assert.Equal(
                expected.AsEnumerable().Reverse(),
                await PagesAsync(tracking, run, new(size, IsDescending: true))
            );
            var counts = await tracking.Series.CountStepsAsync(TrackingFixture.Someone, run, [loss], default);
            Assert.Equal([expected.Count], counts.Value);
            await CheckCurveAsync(tracking, run, expected);
        }
    }

    private enum Order
    {
        Rising,
        Falling,
        Repeated,
        AtRandom,
    }

    /// <summary>Logs in batches of any size; what a reader is to find.</summary>
    private static async Task<List<Sample>> LogAsync(TrackingFixture tracking, RunId run, Order order, Random random)
    {
        const int points = 3000;
        var steps = new SortedDictionary<long, Sample>();
        var all = Enumerable
            .Range(0, points)
            .Select(at => new Point(
                loss.Metric,
                loss.Variant,
                StepOf(order, at, random),
                1000 + at,
                random.NextDouble()
            ))
            .Append(new(loss.Metric, loss.Variant, Point.SingleValueStep, 1, 7))
            .ToList();
        while (all.Count > 0)
        {
            var batch = all.Take(random.Next(1, 400)).ToList();
            all.RemoveRange(0, batch.Count);
            var added = await tracking.Series.AppendAsync(TrackingFixture.Someone, run, batch, default);
            Assert.True(added.IsOk);
            foreach (var point in batch.Where(point => point.Step != Point.SingleValueStep))
            {
                steps[point.Step] = new(point.Step, point.TimestampMs, point.Value);
            }
        }

        return [.. steps.Values];
    }

    private static long StepOf(Order order, int at, Random random) =>
        order switch
        {
            Order.Rising => at,
            Order.Falling => -at,
            Order.Repeated => at % 1300,
            _ => random.Next(2000),
        };

    private static async Task<List<Sample>> PagesAsync(TrackingFixture tracking, RunId run, StepPage page)
    {
        var read = new List<Sample>();
        while (true)
        {
            var next = await tracking.Series.StepsAsync(TrackingFixture.Someone, run, loss, page, default);
            if (next.Value.Count == 0)
            {
                return read;
            }

            read.AddRange(next.Value);
            page = page with { Beyond = read[^1].Step };
        }
    }

    private static async Task CheckCurveAsync(TrackingFixture tracking, RunId run, List<Sample> expected)
    {
        const int samples = 50;
        var curves = await tracking.Series.CurvesAsync(
            TrackingFixture.Someone,
            new([run], samples, CurveAxis.Step),
            default
        );
        var (x, y) = Downsampling.Draw(expected.ToArray(), CurveAxis.Step, samples);
        var curve = Assert.Single(curves.Value);
        Assert.Equal(x, curve.X);
        Assert.All(y.Zip(curve.Y), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        await CheckPartAsync(tracking, run, expected);
    }

    /// <summary>Looked at closely enough, a part of a curve is exact.</summary>
    private static async Task CheckPartAsync(TrackingFixture tracking, RunId run, List<Sample> expected)
    {
        var (from, to) = (expected[expected.Count / 3].Step, expected[expected.Count / 2].Step);
        var part = await tracking.Series.CurvesAsync(
            TrackingFixture.Someone,
            new([run], CurveQuery.MostSamples, CurveAxis.Step) { Range = (from, to) },
            default
        );
        var curve = Assert.Single(part.Value);
        var within = expected.Where(sample => sample.Step >= from && sample.Step <= to).ToList();
        Assert.Equal(within.Select(sample => sample.Step), curve.X);
        Assert.Equal(within.Select(sample => sample.Value), curve.Y);
        Assert.Equal(curve.Low, curve.High);
    }
}
