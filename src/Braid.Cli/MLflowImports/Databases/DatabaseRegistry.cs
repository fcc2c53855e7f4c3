using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Databases;

/// <summary>Logged models, registered models and versions, out of MLflow's tables.</summary>
internal sealed class DatabaseRegistry(SqliteFile file, DatabaseParts parts)
{
    /// <summary>The stage of a version that was deleted.</summary>
    private const string deleted = "Deleted_Internal";

    private readonly bool hasModels = file.Columns("logged_models").Count > 0;
    private readonly bool hasNames = file.Columns("registered_models").Count > 0;
    private readonly bool hasAliases = file.Columns("registered_model_aliases").Count > 0;
    private readonly HashSet<string> versionColumns = file.Columns("model_versions");

    public IEnumerable<SourceModel> Models(string experiment)
    {
        var ids = hasModels
            ? parts.Texts(
                "SELECT model_id FROM logged_models WHERE experiment_id = ?1 ORDER BY creation_timestamp_ms, model_id",
                experiment
            )
            : [];
        return ids.Select(Model).OfType<SourceModel>();
    }

    public IEnumerable<SourceName> Names() =>
        (hasNames ? parts.Texts("SELECT name FROM registered_models ORDER BY name") : [])
            .Select(Name)
            .OfType<SourceName>();

    private SourceModel? Model(string id)
    {
        using var rows = file.Query(
            """
            SELECT name, model_type, status, status_message, source_run_id, artifact_location, creation_timestamp_ms,
              last_updated_timestamp_ms, lifecycle_stage FROM logged_models WHERE model_id = ?1
            """,
            id
        );
        return !rows.Next()
            ? null
            : new(id)
            {
                Name = rows.Text(0),
                Type = rows.Text(1),
                Status = rows.Text(2),
                StatusMessage = rows.Text(3),
                RunId = rows.Text(4),
                ArtifactUri = rows.Text(5),
                Created = rows.Integer(6),
                Updated = rows.Integer(7),
                IsDeleted = rows.Text(8) == "deleted",
                Parameters = parts.Pairs(
                    "SELECT param_key, param_value FROM logged_model_params WHERE model_id = ?1 ORDER BY param_key",
                    id
                ),
                Tags = parts.Pairs(
                    "SELECT tag_key, tag_value FROM logged_model_tags WHERE model_id = ?1 ORDER BY tag_key",
                    id
                ),
                Points = Points(id),
            };
    }

    private List<SourcePoint> Points(string model)
    {
        var points = new List<SourcePoint>();
        using var rows = file.Query(
            """
            SELECT DISTINCT metric_name, metric_timestamp_ms, metric_step, metric_value FROM logged_model_metrics
            WHERE model_id = ?1 ORDER BY metric_name, metric_timestamp_ms, metric_step, metric_value
            """,
            model
        );
        while (rows.Next())
        {
            var value = rows.OptionalText(3) is null ? double.NaN : MetricValues.Clamped(rows.Number(3));
            points.Add(new(rows.RepeatedText(0), rows.Integer(1), rows.Integer(2), value));
        }

        return points;
    }

    private SourceName? Name(string name)
    {
        using var rows = file.Query(
            "SELECT description, creation_time, last_updated_time FROM registered_models WHERE name = ?1",
            name
        );
        return !rows.Next()
            ? null
            : new(name)
            {
                Description = rows.Text(0),
                Created = rows.Integer(1),
                Updated = rows.Integer(2),
                Tags = parts.Pairs("SELECT key, value FROM registered_model_tags WHERE name = ?1 ORDER BY key", name),
                Aliases = hasAliases
                    ? parts.Pairs(
                        "SELECT alias, version FROM registered_model_aliases WHERE name = ?1 ORDER BY alias",
                        name
                    )
                    : [],
                Versions = Versions(name),
            };
    }

    private List<SourceVersion> Versions(string name)
    {
        var versions = new List<SourceVersion>();
        using var rows = file.Query(
            $"""
            SELECT version, source, {Column("storage_location")}, run_id, {Column("run_link")}, current_stage, status,
              {Column("status_message")}, user_id, description, creation_time, last_updated_time
            FROM model_versions WHERE name = ?1 AND current_stage <> '{deleted}' ORDER BY version
            """,
            name
        );
        while (rows.Next())
        {
            versions.Add(
                new(rows.Text(0))
                {
                    Source = rows.Text(1),
                    Storage = rows.Text(2),
                    RunId = rows.Text(3),
                    RunLink = rows.Text(4),
                    Stage = rows.Text(5),
                    Status = rows.Text(6),
                    StatusMessage = rows.Text(7),
                    User = rows.Text(8),
                    Description = rows.Text(9),
                    Created = rows.Integer(10),
                    Updated = rows.Integer(11),
                    Tags = parts.Pairs(
                        "SELECT key, value FROM model_version_tags WHERE name = ?1 AND version = ?2 ORDER BY key",
                        name,
                        rows.Text(0)
                    ),
                }
            );
        }

        return versions;
    }

    private string Column(string name) => versionColumns.Contains(name) ? name : "NULL";
}
