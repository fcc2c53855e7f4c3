using Braid.Primitives;

namespace Braid.Tracking.Projects;

/// <summary>A folder of runs and models: ClearML's project, MLflow's experiment, Pachyderm's project.</summary>
public sealed record Project
{
    public required ProjectId Id { get; init; }

    /// <summary>MLflow's experiment id; "Default" is 0.</summary>
    public required long Number { get; init; }

    /// <summary>The full path, <c>A/B/C</c>; unique.</summary>
    public required string Name { get; init; }

    /// <summary>The project whose path is one segment shorter; null at the top.</summary>
    public ProjectId? ParentId { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Labels { get; init; } = [];

    public IReadOnlyList<string> SystemLabels { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset LastUpdate { get; init; }

    /// <summary>When it was put in the trash; null while it lives.</summary>
    public DateTimeOffset? Trashed { get; init; }

    /// <summary>Where its runs upload to unless they say otherwise; empty when nobody chose.</summary>
    public string DefaultOutput { get; init; } = "";

    /// <summary>The root URI of its runs' artifacts; null for the server's own.</summary>
    public string? ArtifactLocation { get; init; }

    public string User { get; init; } = "";

    /// <summary>The last segment of <see cref="Name"/>.</summary>
    public string BaseName => Name[(Name.LastIndexOf('/') + 1)..];
}

/// <summary>What to make a project with. Missing ancestors of its path are made too.</summary>
public sealed record NewProject(string Name)
{
    public string Description { get; init; } = "";
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> SystemLabels { get; init; } = [];
    public IReadOnlyList<Tag> Tags { get; init; } = [];
    public string DefaultOutput { get; init; } = "";
    public string? ArtifactLocation { get; init; }
}

/// <summary>What to change; null leaves a thing as it is.</summary>
public sealed record ProjectChange
{
    /// <summary>The new full path; projects below move along.</summary>
    public string? Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyList<string>? SystemLabels { get; init; }
    public string? DefaultOutput { get; init; }
    public IReadOnlyList<Tag> SetTags { get; init; } = [];
    public IReadOnlyList<string> RemoveTags { get; init; } = [];
}

/// <summary>Which projects to list.</summary>
public sealed record ProjectQuery
{
    public Filters.Filter Where { get; init; } = Filters.Filter.Everything;

    /// <summary>Only these; null for all.</summary>
    public IReadOnlyList<ProjectId>? Ids { get; init; }

    public Lifecycle Lifecycle { get; init; } = Lifecycle.Active;

    /// <summary>After these keys, by number.</summary>
    public IReadOnlyList<Filters.Order> OrderBy { get; init; } = [];
    public int Offset { get; init; }
    public int? Limit { get; init; }
}
