using System.Text.Json.Nodes;
using Braid.Metadata;
using Braid.Pipelines.Specs.Reading;
using Braid.Pipelines.Specs.Shapes;
using Braid.Primitives;

namespace Braid.Pipelines.Defaults;

/// <summary>Defaults as they are stored.</summary>
internal static class DefaultRows
{
    /// <summary>Where the cluster's are: no project has this name.</summary>
    public const string Cluster = "";

    public static Task<DefaultRow?> FindAsync(DbRead db, string project) =>
        db.FirstOrDefaultAsync<DefaultRow>(
            "SELECT project, spec, made_at, made_by FROM spec_default WHERE project = @project",
            new { project }
        );

    /// <summary>The cluster's and the project's, those above first.</summary>
    public static async Task<JsonObject[]> LayersAsync(DbRead db, string project) =>
        [await LayerAsync(db, Cluster), await LayerAsync(db, project)];

    public static Task SetAsync(DbWrite db, DefaultRow row) =>
        db.ExecuteAsync(
            """
            INSERT INTO spec_default (project, spec, made_at, made_by) VALUES (@Project, @Spec, @MadeAt, @MadeBy)
            ON CONFLICT (project) DO UPDATE SET spec = excluded.spec, made_at = excluded.made_at, made_by = excluded.made_by
            """,
            row
        );

    /// <param name="project">Null: all, the cluster's too.</param>
    public static Task DeleteAsync(DbWrite db, string? project) =>
        db.ExecuteAsync("DELETE FROM spec_default WHERE @project IS NULL OR project = @project", new { project });

    /// <summary>The spec within the text of defaults; or what is wrong with it.</summary>
    public static Result<JsonObject> Read(string json, bool ofCluster)
    {
        var shape = ofCluster ? SpecShapes.ClusterDefaults : SpecShapes.ProjectDefaults;
        return SpecReader
            .ParseObject(json)
            .Then(shape.Normalise)
            .Select(read => read?["createPipelineRequest"]?.AsObject() ?? []);
    }

    private static async Task<JsonObject> LayerAsync(DbRead db, string project) =>
        // What was stored passed the reader once already.
        await FindAsync(db, project) is { } row
            ? Read(row.Spec, project == Cluster).Value
            : [];
}

/// <summary>Defaults of a project, or of the cluster.</summary>
internal sealed record DefaultRow
{
    public string Project { get; init; } = "";
    public string Spec { get; init; } = "{}";
    public DateTimeOffset MadeAt { get; init; }
    public string MadeBy { get; init; } = "";
}
