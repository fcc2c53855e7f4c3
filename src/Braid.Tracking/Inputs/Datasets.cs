using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Inputs;

/// <summary>The rows of <c>dataset</c> and <c>run_dataset</c>.</summary>
internal static class Datasets
{
    private const string upsert = """
        INSERT INTO dataset (id, project_id, name, digest, source_type, source, schema_text, profile)
        VALUES (@id, @project, @Name, @Digest, @SourceType, @Source, @Schema, @Profile)
        ON CONFLICT (project_id, name, digest) DO UPDATE SET source_type = dataset.source_type
        RETURNING id
        """;

    private const string link = """
        INSERT INTO run_dataset (id, run_id, dataset_id, position, writer)
        VALUES (@id, @run, @dataset, (SELECT COUNT(*) FROM run_dataset WHERE run_id = @run), @writer)
        ON CONFLICT (run_id, dataset_id) DO NOTHING
        """;

    private const string select = """
        SELECT i.id, i.run_id, d.name, d.digest, d.source_type, d.source, d.schema_text, d.profile
        FROM run_dataset i JOIN dataset d ON d.id = i.dataset_id WHERE i.run_id IN {0} ORDER BY i.run_id, i.position
        """;

    private const string uses = """
        SELECT DISTINCT p.number AS project_number, d.name, d.digest, t.value AS context
        FROM run_dataset i
        JOIN dataset d ON d.id = i.dataset_id
        JOIN run r ON r.id = i.run_id
        JOIN project p ON p.id = r.project_id
        LEFT JOIN tag t ON t.owner_id = i.id AND t.key = 'mlflow.data.context'
        WHERE r.project_id IN {0} ORDER BY p.number, d.name, d.digest, t.value
        """;

    public static async Task AddAsync(
        DbWrite db,
        RunId run,
        ProjectId project,
        DatasetInput input,
        string writer,
        IdSource ids
    )
    {
        var dataset = await db.ScalarAsync<string>(
            upsert,
            new
            {
                id = ids.Next(),
                project,
                input.Dataset.Name,
                input.Dataset.Digest,
                input.Dataset.SourceType,
                input.Dataset.Source,
                input.Dataset.Schema,
                input.Dataset.Profile,
            }
        );
        var id = ids.Next();
        var added = await db.ExecuteAsync(
            link,
            new
            {
                id,
                run,
                dataset,
                writer,
            }
        );
        if (added == 1)
        {
            await Tags.SetAsync(db, id.ToString(), input.Tags);
        }
    }

    public static async Task<IReadOnlyList<DatasetInput>> OfAsync(DbRead db, IReadOnlyList<RunId> runs)
    {
        var rows = await SqlArguments.QueryAsync<Row>(db, select, runs.Select(run => run.ToString()));
        var tags = await Tags.OfAsync(db, rows.Select(row => row.Id));
        return [.. rows.Select(row => row.ToInput([.. tags[row.Id]]))];
    }

    public static async Task<IReadOnlyList<DatasetUse>> UsesInAsync(DbRead db, IReadOnlyList<ProjectId> projects)
    {
        var rows = await SqlArguments.QueryAsync<UseRow>(db, uses, projects.Select(project => project.ToString()));
        return [.. rows.Select(row => new DatasetUse(row.ProjectNumber, row.Name, row.Digest, row.Context))];
    }

    private sealed record UseRow
    {
        public long ProjectNumber { get; init; }
        public string Name { get; init; } = "";
        public string Digest { get; init; } = "";
        public string? Context { get; init; }
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public RunId RunId { get; init; }
        public string Name { get; init; } = "";
        public string Digest { get; init; } = "";
        public string SourceType { get; init; } = "";
        public string Source { get; init; } = "";
        public string? SchemaText { get; init; }
        public string? Profile { get; init; }

        public DatasetInput ToInput(IReadOnlyList<Tag> tags) =>
            new(new(Name, Digest, SourceType, Source) { Schema = SchemaText, Profile = Profile }, tags) { Run = RunId };
    }
}
