using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking;

/// <summary>Which things' words are asked for.</summary>
public sealed record WordScope
{
    public static WordScope Everything { get; } = new();

    /// <summary>Only things in these projects; null for all.</summary>
    public IReadOnlyList<ProjectId>? Projects { get; init; }

    /// <summary>With the projects below <see cref="Projects"/> too.</summary>
    public bool IncludeSubprojects { get; init; }

    /// <summary>Of names of parameters and series: only those of so many things that were made last; null for all, which takes all rows.</summary>
    public int? Newest { get; init; }

    /// <summary>Only things that this holds of.</summary>
    public Filter Where { get; init; } = Filter.Everything;
}
