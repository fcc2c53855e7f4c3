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

    /// <summary>Only things that this holds of.</summary>
    public Filter Where { get; init; } = Filter.Everything;
}
