using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Models;

/// <summary>The rows of <c>run_model</c>: which models a run reads and makes.</summary>
internal sealed record RunModelRow
{
    private const string upsert = """
        INSERT INTO run_model (run_id, kind, name, model_id, step, updated, writer)
        VALUES (@run, @kind, @Name, @Model, @Step, @now, @writer)
        ON CONFLICT (run_id, kind, name) DO UPDATE SET
          model_id = excluded.model_id, step = excluded.step, updated = excluded.updated, writer = excluded.writer
        """;

    public string RunId { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Name { get; init; } = "";
    public ModelId ModelId { get; init; }
    public long Step { get; init; }
    public DateTimeOffset Updated { get; init; }

    public static string Text(RunModelKind kind) => kind == RunModelKind.Input ? "input" : "output";

    public static async Task<ILookup<string, RunModel>> OfAsync(DbRead db, IEnumerable<string> runs)
    {
        var rows = await SqlArguments.QueryAsync<RunModelRow>(
            db,
            """
            SELECT run_id, kind, name, model_id, step, updated FROM run_model
            WHERE run_id IN {0} ORDER BY run_id, updated, name
            """,
            runs
        );
        return rows.ToLookup(row => row.RunId, row => row.ToRunModel(), StringComparer.Ordinal);
    }

    public static Task SetAsync(DbWrite db, RunId run, RunModel model, DateTimeOffset now, string writer) =>
        db.ExecuteAsync(
            upsert,
            new
            {
                run,
                kind = Text(model.Kind),
                model.Name,
                model.Model,
                model.Step,
                now,
                writer,
            }
        );

    public static Task RemoveAsync(DbWrite db, RunId run, RunModelKind kind, string name) =>
        db.ExecuteAsync(
            "DELETE FROM run_model WHERE run_id = @run AND kind = @kind AND name = @name",
            new
            {
                run,
                kind = Text(kind),
                name,
            }
        );

    private RunModel ToRunModel() =>
        new(Kind == Text(RunModelKind.Input) ? RunModelKind.Input : RunModelKind.Output, Name, ModelId)
        {
            Step = Step,
            Updated = Updated,
        };
}
