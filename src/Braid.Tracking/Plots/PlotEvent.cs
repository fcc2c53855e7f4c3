using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Tracking.Plots;

/// <summary>What a plot event shows.</summary>
public enum PlotKind
{
    /// <summary>A Plotly figure.</summary>
    Plot,

    /// <summary>An image, audio or other media sample at some URL.</summary>
    DebugSample,

    /// <summary>A list of numbers.</summary>
    Vector,
}

/// <summary>Something to look at, of one iteration. Kind, metric, variant and iteration identify it within its owner.</summary>
/// <param name="Content">The event as JSON text; its words are the door's.</param>
public sealed record PlotEvent(
    PlotKind Kind,
    string Metric,
    string Variant,
    long Iteration,
    long TimestampMs,
    string Content
)
{
    /// <summary>The run or model; set when read.</summary>
    public Hex32 Owner { get; init; }
}

/// <summary>Which plots to read.</summary>
public sealed record PlotQuery(IReadOnlyList<SeriesOwner> Owners, PlotKind? Kind)
{
    /// <summary>Only these; null for all. A pair whose variant is null stands for all variants of its metric.</summary>
    public IReadOnlyList<(string Metric, string? Variant)>? Names { get; init; }

    /// <summary>Only the newest iterations of each metric and variant; null for all.</summary>
    public int? Iterations { get; init; }

    /// <summary>Only these iterations, both ends included; null for all.</summary>
    public (long From, long To)? Range { get; init; }

    /// <summary>Newest iteration first.</summary>
    public bool Descending { get; init; }
    public int Offset { get; init; }
    public int? Limit { get; init; }
}

/// <summary>What identifies a plot among those of one kind of an owner.</summary>
public sealed record PlotKey(string Metric, string Variant, long Iteration);

/// <summary>The events of one kind, metric and variant.</summary>
public sealed record PlotSeries(
    Hex32 Owner,
    PlotKind Kind,
    string Metric,
    string Variant,
    long MinIteration,
    long MaxIteration,
    long Count
);
