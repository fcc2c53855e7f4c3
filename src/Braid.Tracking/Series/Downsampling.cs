namespace Braid.Tracking.Series;

/// <summary>
/// Draws a series with fewer points: x falls into equal intervals, y is the mean of those that fall together. Intervals
/// without values are left out.
/// </summary>
internal static class Downsampling
{
    /// <param name="points">Sorted by x.</param>
    public static (long[] X, double[] Y) Draw(IReadOnlyList<(long X, double Y)> points, int samples)
    {
        var xs = new List<long>();
        var ys = new List<double>();
        var interval = Interval(points, samples);
        for (var at = 0; at < points.Count; )
        {
            var bucket = Floor(points[at].X, interval);
            var mean = default(Mean);
            for (; at < points.Count && Floor(points[at].X, interval) == bucket; at++)
            {
                mean.Add(points[at].Y);
            }

            xs.Add(bucket);
            ys.Add(mean.Value);
        }

        return ([.. xs], [.. ys]);
    }

    private static UInt128 Interval(IReadOnlyList<(long X, double Y)> points, int samples)
    {
        if (points.Count < samples)
        {
            return 1;
        }

        var range = (UInt128)((Int128)points[^1].X - points[0].X + 1);
        return (range + (UInt128)samples - 1) / (UInt128)samples;
    }

    /// <summary>The greatest multiple of the interval that is not above x, held within 64 bits.</summary>
    private static long Floor(long x, UInt128 interval)
    {
        var step = (Int128)interval;
        var rest = (x % step + step) % step;
        return (long)Int128.Max((Int128)x - rest, long.MinValue);
    }

    /// <summary>The mean of what is a number; NaN when nothing is.</summary>
    private struct Mean
    {
        private double sum;
        private long count;

        public readonly double Value => count == 0 ? double.NaN : sum / count;

        public void Add(double value)
        {
            if (!double.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }
    }
}
