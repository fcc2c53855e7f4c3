using Braid.Primitives;

namespace Braid.Tracking.Series;

/// <summary>What is known of a series without reading it. Values may be NaN.</summary>
public sealed record SeriesSummary
{
    /// <summary>The run or model.</summary>
    public required Hex32 Owner { get; init; }
    public required string Metric { get; init; }
    public required string Variant { get; init; }
    public long Count { get; init; }

    /// <summary>The value of the greatest (step, timestamp, value), NaN counting as 0.</summary>
    public Sample Last { get; init; }

    /// <summary>The value that was logged first.</summary>
    public Sample First { get; init; }

    /// <summary>The smallest number and its step; the last value when there is no number.</summary>
    public Sample Min { get; init; }
    public Sample Max { get; init; }

    /// <summary>Of all numbers; NaN when there is none.</summary>
    public double Mean { get; init; }

    public SeriesName Name => new(Metric, Variant);
}
