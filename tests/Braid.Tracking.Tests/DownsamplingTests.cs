using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

public sealed class DownsamplingTests
{
    [Fact]
    public void Few_points_are_drawn_as_they_are()
    {
        var (x, y) = Draw([(1, 10), (2, 20), (7, 70)], samples: 4);
        Assert.Equal([1, 2, 7], x);
        Assert.Equal([10, 20, 70], y);
    }

    [Fact]
    public void Many_points_fall_into_intervals_whose_mean_is_drawn()
    {
        var points = Enumerable.Range(0, 10).Select(x => ((long)x, (double)x)).ToArray();
        var (x, y) = Draw(points, samples: 3);
        Assert.Equal([0, 4, 8], x);
        Assert.Equal([1.5, 5.5, 8.5], y);
    }

    [Fact]
    public void What_falls_together_lies_between_its_smallest_and_its_greatest()
    {
        Sample[] points = [new(0, 0, 3), new(1, 0, -1), new(2, 0, double.NaN), new(8, 0, 5)];
        var drawn = Downsampling.Draw(points, CurveAxis.Step, samples: 2);
        Assert.Equal([-1, 5], drawn.Low);
        Assert.Equal([3, 5], drawn.High);
    }

    [Fact]
    public void Empty_intervals_are_left_out_and_negative_x_rounds_down()
    {
        var (x, _) = Draw([(-5, 1), (-4, 1), (100, 1)], samples: 2);
        Assert.Equal([-53, 53], x);
    }

    [Fact]
    public void A_number_beside_a_NaN_is_the_mean_and_a_NaN_alone_is_NaN()
    {
        var (_, y) = Draw([(0, double.NaN), (1, 4), (2, double.NaN), (3, double.NaN)], samples: 2);
        Assert.Equal([4, double.NaN], y);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_series_is_drawn_as_the_plain_rule_says(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var x = random.NextInt64(-1_000_000, 1_000_000);
            var points = Enumerable
                .Range(0, random.Next(1, 400))
                .Select(_ => (X: x += random.Next(1, 50), Y: random.NextDouble()))
                .ToArray();
            var samples = random.Next(1, 120);
            var (drawnX, drawnY) = Draw(points, samples);
            var expected = Plain(points, samples);
            Assert.Equal(expected.Select(point => point.X), drawnX);
            Assert.All(expected.Zip(drawnY), pair => Assert.Equal(pair.First.Y, pair.Second, 1e-12));
            Assert.InRange(drawnX.Length, 1, samples + 1);
        }
    }

    [Fact]
    public void The_whole_range_of_steps_can_be_drawn()
    {
        var (x, _) = Draw([(long.MinValue + 1, 1), (0, 2), (long.MaxValue, 3)], samples: 2);
        Assert.Equal(x.Order(), x);
    }

    private static Drawn Draw((long X, double Y)[] points, int samples) =>
        Downsampling.Draw(
            [.. points.Select(point => new Sample(point.X, TimestampMs: 0, point.Y))],
            CurveAxis.Step,
            samples
        );

    private static (long X, double Y)[] Plain((long X, double Y)[] points, int samples)
    {
        var interval =
            points.Length < samples ? 1 : (long)Math.Ceiling((points[^1].X - points[0].X + 1) / (double)samples);
        return
        [
            .. points
                .GroupBy(point => (long)Math.Floor(point.X / (double)interval) * interval)
                .OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Average(point => point.Y))),
        ];
    }
}
