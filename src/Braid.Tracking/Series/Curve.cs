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
public sealed record Curve(Hex32 Owner, SeriesName Name, IReadOnlyList<long> X, IReadOnlyList<double> Y);

/// <summary>Which curves to draw.</summary>
/// <param name="Samples">The most points of one curve; 1 to 6000.</param>
public sealed record CurveQuery(IReadOnlyList<SeriesOwner> Owners, int Samples, CurveAxis Axis)
{
    /// <summary>The most points of one curve.</summary>
    public const int MostSamples = 6000;

    /// <summary>Only these; null for all. A pair whose variant is null stands for all variants of its metric.</summary>
    public IReadOnlyList<(string Metric, string? Variant)>? Names { get; init; }

    internal bool Includes(SeriesName name) =>
        Names?.Any(one => one.Metric == name.Metric && (one.Variant ?? name.Variant) == name.Variant) ?? true;
}
