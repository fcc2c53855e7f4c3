namespace Braid.Tracking.Series;

/// <summary>A curve that is drawn piece by piece, from the smallest x to the greatest.</summary>
internal sealed class Drawing
{
    private readonly CurveAxis axis;
    private readonly Int128 interval;
    private readonly List<long> xs = [];
    private readonly List<double> ys = [];
    private readonly List<double> lows = [];
    private readonly List<double> highs = [];
    private long last;
    private double sum;
    private double low;
    private double high;
    private long numbers;

    /// <param name="range">The smallest x and the greatest.</param>
    /// <param name="count">How many points there will be; fewer than <paramref name="samples"/> are drawn as they are.</param>
    public Drawing(CurveAxis axis, (long Min, long Max) range, long count, int samples)
    {
        this.axis = axis;
        interval = count < samples ? 1 : ((Int128)range.Max - range.Min + samples) / samples;
    }

    /// <summary>All that was added; nothing may be added afterwards.</summary>
    public Drawn Points
    {
        get
        {
            Close();
            return new([.. xs], [.. ys], [.. lows], [.. highs]);
        }
    }

    public static long XOf(in Sample sample, CurveAxis axis) =>
        axis == CurveAxis.Step ? sample.Step : sample.TimestampMs;

    /// <param name="points">Sorted by x, none before what was added already.</param>
    public void Add(ReadOnlySpan<Sample> points)
    {
        foreach (ref readonly var point in points)
        {
            var x = XOf(point, axis);
            if (xs.Count == 0 || x > last)
            {
                Open(x);
            }

            if (!double.IsNaN(point.Value))
            {
                Count(point.Value);
            }
        }
    }

    private void Count(double value)
    {
        (low, high) = numbers == 0 ? (value, value) : (Math.Min(low, value), Math.Max(high, value));
        sum += value;
        numbers++;
    }

    /// <summary>Begins the interval that x falls into: from a multiple of its length on, held within 64 bits.</summary>
    private void Open(long x)
    {
        Close();
        var start = x - (((x % interval) + interval) % interval);
        last = (long)Int128.Min(start + interval - 1, long.MaxValue);
        xs.Add((long)Int128.Max(start, long.MinValue));
    }

    /// <summary>The mean of what is a number, and its bounds; NaN when nothing is.</summary>
    private void Close()
    {
        if (ys.Count < xs.Count)
        {
            var isNumber = numbers > 0;
            ys.Add(isNumber ? sum / numbers : double.NaN);
            lows.Add(isNumber ? low : double.NaN);
            highs.Add(isNumber ? high : double.NaN);
            (sum, numbers) = (0, 0);
        }
    }
}
