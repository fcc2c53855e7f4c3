using Braid.Tracking.Filters;

namespace Braid.Tracking.Models;

/// <summary>A name with numbered versions: MLflow's registered model.</summary>
public sealed record NamedModel
{
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset LastUpdate { get; init; }
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Sorted by alias.</summary>
    public IReadOnlyList<ModelAlias> Aliases { get; init; } = [];

    /// <summary>The newest version of each stage, in the order of the stages.</summary>
    public IReadOnlyList<Model> LatestVersions { get; init; } = [];
}

/// <summary>A movable name for one version of a named model, such as <c>champion</c>.</summary>
public sealed record ModelAlias(string Alias, long Version);

/// <summary>What to change; null (or nothing listed) leaves a thing as it is.</summary>
public sealed record NamedModelChange
{
    /// <summary>The new name; versions and aliases follow.</summary>
    public string? Name { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<Tag> SetTags { get; init; } = [];

    /// <summary>A tag that is not there is passed over.</summary>
    public IReadOnlyList<string> RemoveTags { get; init; } = [];
}

/// <summary>A version to make of a named model.</summary>
public sealed record NewVersion
{
    public required string Name { get; init; }

    /// <summary>Where the files are.</summary>
    public string Uri { get; init; } = "";
    public Braid.Primitives.RunId? Run { get; init; }

    /// <summary>The logged model it is: that model becomes the version, or is copied when it has a name already.</summary>
    public Braid.Primitives.ModelId? Model { get; init; }
    public string Description { get; init; } = "";
    public string RunLink { get; init; } = "";
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>The attributes of a named model; <see cref="Field.Tag"/> works too.</summary>
public static class NamedModelFields
{
    public static Field Name { get; } = new Field.Attribute("e.name", FieldKind.Text);
    public static Field Created { get; } = new Field.Attribute("e.created", FieldKind.Time);
    public static Field LastUpdate { get; } = new Field.Attribute("e.last_update", FieldKind.Time);
}

/// <summary>Which named models to list.</summary>
public sealed record NamedModelQuery
{
    public Filter Where { get; init; } = Filter.Everything;

    /// <summary>After these keys, by name.</summary>
    public IReadOnlyList<Order> OrderBy { get; init; } = [];
    public int Offset { get; init; }
    public int? Limit { get; init; }
}
