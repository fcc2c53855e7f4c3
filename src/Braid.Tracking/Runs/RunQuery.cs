using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs.Finding;
using Braid.Tracking.Series;

namespace Braid.Tracking.Runs;

/// <summary>Which runs to list, in which order, and what to read of them.</summary>
public sealed record RunQuery
{
    public Filter Where { get; init; } = Filter.Everything;

    /// <summary>Only these projects; null for all.</summary>
    public IReadOnlyList<ProjectId>? Projects { get; init; }

    /// <summary>With the projects below <see cref="Projects"/> too.</summary>
    public bool IncludeSubprojects { get; init; }

    /// <summary>Only these; null for all.</summary>
    public IReadOnlyList<RunId>? Ids { get; init; }

    public Lifecycle Lifecycle { get; init; } = Lifecycle.Active;

    /// <summary>After these keys, by id.</summary>
    public IReadOnlyList<Order> OrderBy { get; init; } = [];
    public int Offset { get; init; }
    public int? Limit { get; init; }
    public RunParts Parts { get; init; } = RunParts.All;

    /// <summary>Of the metrics only these; null for all. It costs what is asked for, not what runs have.</summary>
    public IReadOnlyList<SeriesName>? Series { get; init; }

    internal FindingBounds Bounds { get; init; } = FindingBounds.Usual;
}
