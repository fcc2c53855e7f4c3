using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Databases;

/// <summary>Runs with what hangs on them, out of MLflow's tables.</summary>
internal sealed class DatabaseParts(SqliteFile file)
{
    private readonly HashSet<string> inputColumns = file.Columns("inputs");
    private readonly bool hasInputTags = file.Columns("input_tags").Count > 0;
    private readonly bool hasDatasets = file.Columns("datasets").Count > 0;

    public SourceRun? Run(string id)
    {
        using var rows = file.Query(
            """
            SELECT name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri FROM runs WHERE run_uuid = ?1
            """,
            id
        );
        return !rows.Next()
            ? null
            : new(id)
            {
                Name = rows.Text(0),
                User = rows.Text(1),
                Status = rows.Text(2),
                Started = rows.OptionalInteger(3),
                Ended = rows.OptionalInteger(4),
                IsDeleted = rows.Text(5) == "deleted",
                ArtifactUri = rows.Text(6),
                Parameters = Pairs("SELECT key, value FROM params WHERE run_uuid = ?1 ORDER BY key", id),
                Tags = Pairs("SELECT key, value FROM tags WHERE run_uuid = ?1 ORDER BY key", id),
                Datasets = Datasets(id),
                InputModels = Links(id, "RUN_INPUT", "MODEL_INPUT"),
                OutputModels = Links(id, "RUN_OUTPUT", "MODEL_OUTPUT"),
            };
    }

    public IReadOnlyList<Pair> Pairs(string sql, params ReadOnlySpan<string> arguments)
    {
        using var rows = file.Query(sql, arguments);
        var pairs = new List<Pair>();
        while (rows.Next())
        {
            pairs.Add(new(rows.Text(0), rows.Text(1)));
        }

        return pairs;
    }

    public IReadOnlyList<string> Texts(string sql, params ReadOnlySpan<string> arguments)
    {
        using var rows = file.Query(sql, arguments);
        var texts = new List<string>();
        while (rows.Next())
        {
            texts.Add(rows.Text(0));
        }

        return texts;
    }

    private List<SourceDataset> Datasets(string run)
    {
        var datasets = new List<SourceDataset>();
        if (!hasDatasets || inputColumns.Count == 0)
        {
            return datasets;
        }

        using var rows = file.Query(
            """
            SELECT i.input_uuid, d.name, d.digest, d.dataset_source_type, d.dataset_source, d.dataset_schema, d.dataset_profile
            FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id
            WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id = ?1 ORDER BY i.input_uuid
            """,
            run
        );
        while (rows.Next())
        {
            datasets.Add(
                new(rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4))
                {
                    Schema = rows.OptionalText(5),
                    Profile = rows.OptionalText(6),
                    Tags = hasInputTags
                        ? Pairs("SELECT name, value FROM input_tags WHERE input_uuid = ?1", rows.Text(0))
                        : [],
                }
            );
        }

        return datasets;
    }

    /// <summary>Links are rows of <c>inputs</c>, too; MLflow writes the run as source.</summary>
    private List<SourceLink> Links(string run, string runKind, string modelKind)
    {
        var links = new List<SourceLink>();
        if (!inputColumns.Contains("step"))
        {
            return links;
        }

        using var rows = file.Query(
            """
            SELECT destination_id, step FROM inputs
            WHERE source_type = ?2 AND destination_type = ?3 AND source_id = ?1 ORDER BY destination_id
            """,
            run,
            runKind,
            modelKind
        );
        while (rows.Next())
        {
            links.Add(new(rows.Text(0), rows.Integer(1)));
        }

        return links;
    }
}
