using Braid.Primitives;

namespace Braid.Tracking.Series;

/// <summary>What a curve is drawn against.</summary>
public enum CurveAxis
{
    Step,

    /// <summary>Milliseconds since 1970.</summary>
    Timestamp,
}

/// <summary>A series drawn with a bounded number of points: <see cref="Y"/> is the mean of the values around <see cref="X"/>.</summary>
public sealed record Curve(Hex32 Owner, SeriesName Name, IReadOnlyList<long> X, IReadOnlyList<double> Y)
{
    /// <summary>The smallest of the values around each <see cref="X"/>.</summary>
    public required IReadOnlyList<double> Low { get; init; }

    /// <summary>The greatest of them.</summary>
    public required IReadOnlyList<double> High { get; init; }
}

/// <summary>Which curves to draw.</summary>
/// <param name="Samples">The most points of one curve; 1 to 6000.</param>
public sealed record CurveQuery(IReadOnlyList<SeriesOwner> Owners, int Samples, CurveAxis Axis)
{
    /// <summary>The most points of one curve.</summary>
    public const int MostSamples = 6000;

    /// <summary>Only these; null for all. A pair whose variant is null stands for all variants of its metric.</summary>
    public IReadOnlyList<(string Metric, string? Variant)>? Names { get; init; }

    /// <summary>Only points from the first to the last x of these, both included; null for all.</summary>
    public (long From, long To)? Range { get; init; }

    /// <summary>Whether something between these x may be asked for.</summary>
    internal bool Touches(long min, long max) => Range is not { } range || (max >= range.From && min <= range.To);

    /// <summary>What is asked for of points that are sorted by x.</summary>
    internal ReadOnlySpan<Sample> Within(ReadOnlySpan<Sample> points)
    {
        if (Range is not { } range)
        {
            return points;
        }

        var rest = points[CountBelow(points, range.From)..];
        return range.To == long.MaxValue ? rest : rest[..CountBelow(rest, range.To + 1)];
    }

    /// <summary>How many of the points lie before an x.</summary>
    private int CountBelow(ReadOnlySpan<Sample> points, long x)
    {
        var (low, high) = (0, points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Drawing.XOf(points[middle], Axis) < x ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    internal bool Includes(SeriesName name) =>
        Names?.Any(one => one.Metric == name.Metric && (one.Variant ?? name.Variant) == name.Variant) ?? true;
}
