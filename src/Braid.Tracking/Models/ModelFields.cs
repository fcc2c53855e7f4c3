using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Models;

/// <summary>
/// The attributes of a model that filters and orders may name. <see cref="Field.Tag"/>, <see cref="Field.Parameter"/> (with
/// section "" for MLflow's parameters, "metadata" for ClearML's metadata) and <see cref="Field.Metric"/> work too.
/// </summary>
public static class ModelFields
{
    public static Field Id { get; } = new Field.Attribute("e.id", FieldKind.Text);
    public static Field Name { get; } = new Field.Attribute("e.name", FieldKind.Text);
    public static Field RegisteredName { get; } = new Field.Attribute("e.registered_name", FieldKind.Text);
    public static Field Version { get; } = new Field.Attribute("e.version", FieldKind.Number);
    public static Field SourceModel { get; } = new Field.Attribute("e.source_model", FieldKind.Text);
    public static Field Project { get; } = new Field.Attribute("e.project_id", FieldKind.Text);
    public static Field ProjectName { get; } = new Field.Attribute("p.name", FieldKind.Text);
    public static Field Run { get; } = new Field.Attribute("e.run_id", FieldKind.Text);
    public static Field Parent { get; } = new Field.Attribute("e.parent_id", FieldKind.Text);
    public static Field Uri { get; } = new Field.Attribute("e.uri", FieldKind.Text);
    public static Field Framework { get; } = new Field.Attribute("e.framework", FieldKind.Text);
    public static Field Type { get; } = new Field.Attribute("e.type", FieldKind.Text);
    public static Field Comment { get; } = new Field.Attribute("e.comment", FieldKind.Text);
    public static Field User { get; } = new Field.Attribute("e.user_name", FieldKind.Text);

    /// <summary>pending, ready, failed.</summary>
    public static Field State { get; } = new Field.Attribute("e.state", FieldKind.Text);

    /// <summary>none, staging, production, archived.</summary>
    public static Field Stage { get; } = new Field.Attribute("e.stage", FieldKind.Text);
    public static Field IsPublished { get; } = new Field.Attribute("e.is_published", FieldKind.Flag);
    public static Field Created { get; } = new Field.Attribute("e.created", FieldKind.Time);
    public static Field LastUpdate { get; } = new Field.Attribute("e.last_update", FieldKind.Time);
}

/// <summary>Which models to list.</summary>
public sealed record ModelQuery
{
    public Filter Where { get; init; } = Filter.Everything;

    /// <summary>Only these projects; null for all.</summary>
    public IReadOnlyList<ProjectId>? Projects { get; init; }

    /// <summary>With the projects below <see cref="Projects"/> too.</summary>
    public bool IncludeSubprojects { get; init; }

    /// <summary>Only these; null for all.</summary>
    public IReadOnlyList<ModelId>? Ids { get; init; }

    /// <summary>Only what these runs made; null for all.</summary>
    public IReadOnlyList<RunId>? Runs { get; init; }

    /// <summary>True: only versions of named models. False: only models as they were logged (no copy made by registering). Null: all.</summary>
    public bool? Registered { get; init; }
    public Lifecycle Lifecycle { get; init; } = Lifecycle.Active;

    /// <summary>After these keys, by id.</summary>
    public IReadOnlyList<Order> OrderBy { get; init; } = [];
    public int Offset { get; init; }
    public int? Limit { get; init; }
}
