using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Models;

/// <summary>Reading, making and removing models inside somebody's transaction.</summary>
internal static class ModelRows
{
    private const string insert = """
        INSERT INTO model
          (id, name, registered_name, version, source_model, project_id, run_id, parent_id, uri, framework, type, comment,
           user_name, run_link, state, state_message, stage, is_published, labels, system_labels, last_iteration, created,
           last_update, only_version, writer)
        VALUES
          (@id, @Name, @RegisteredName, @Version, @source, @project, @run, @parent, @Uri, @Framework, @Type, @Comment,
           @User, @RunLink, @state, '', 'none', @IsPublished, @labels, @systemLabels, 0, @now,
           @now, @onlyVersion, @writer)
        """;

    private static readonly string[] parts =
    [
        "DELETE FROM tag WHERE owner_id = @id",
        "DELETE FROM parameter WHERE owner_id = @id",
        "DELETE FROM plot WHERE owner_id = @id",
        "DELETE FROM run_model WHERE model_id = @id",
        "DELETE FROM model_metric WHERE model_id = @id",
        """
            DELETE FROM model_alias
            WHERE EXISTS (SELECT 1 FROM model m
              WHERE m.id = @id AND m.registered_name = model_alias.name AND m.version = model_alias.version)
            """,
        "UPDATE model SET source_model = NULL WHERE source_model = @id",
        "UPDATE model SET parent_id = NULL WHERE parent_id = @id",
        "DELETE FROM model WHERE id = @id",
    ];

    /// <summary>The model, if there is one and the caller may use the run that made it.</summary>
    public static async Task<Result<ModelRow>> FindAsync(DbRead db, Caller caller, ModelId id)
    {
        var row = await db.FirstOrDefaultAsync<ModelRow>(
            $"SELECT {ModelRow.Columns} {ModelRow.From} WHERE e.id = @id",
            new { id }
        );
        if (row is null)
        {
            return Errors.NoSuchModel(id.ToString());
        }

        return await RefuseAsync(db, caller, row) is { } refused ? refused : row;
    }

    /// <summary>A job uses the models of its own runs.</summary>
    public static async Task<Error?> RefuseAsync(DbRead db, Caller caller, ModelRow row)
    {
        if (caller is not Caller.Job)
        {
            return null;
        }

        return row.RunId is { } run
            ? (await RunHead.FindAsync(db, caller, run)).Error
            : Errors.NoSuchModel(row.Id.ToString());
    }

    public static Task InsertAsync(DbWrite db, Model model, bool onlyVersion, string writer, DateTimeOffset now) =>
        db.ExecuteAsync(
            insert,
            new
            {
                id = model.Id,
                model.Name,
                model.RegisteredName,
                model.Version,
                source = model.SourceModel?.ToString(),
                project = model.ProjectId,
                run = model.RunId?.ToString(),
                parent = model.ParentId?.ToString(),
                model.Uri,
                model.Framework,
                model.Type,
                model.Comment,
                model.User,
                model.RunLink,
                state = ModelRow.Text(model.State),
                model.IsPublished,
                labels = Labels.Pack(model.Labels),
                systemLabels = Labels.Pack(model.SystemLabels),
                onlyVersion,
                writer,
                now,
            }
        );

    public static async Task DeleteAsync(DbWrite db, ModelId id)
    {
        await SeriesRows.DeleteAsync(db, id.ToString());
        foreach (var statement in parts)
        {
            await db.ExecuteAsync(statement, new { id });
        }
    }

    public static Task TouchAsync(DbWrite db, ModelId id, DateTimeOffset now, long iteration = long.MinValue) =>
        db.ExecuteAsync(
            """
            UPDATE model SET last_update = @now,
              last_iteration = CASE WHEN last_iteration < @iteration THEN @iteration ELSE last_iteration END
            WHERE id = @id
            """,
            new
            {
                id,
                now,
                iteration,
            }
        );

    /// <summary>Removes the models that an abandoned attempt made.</summary>
    public static async Task DiscardWriterAsync(DbWrite db, string writer)
    {
        foreach (var id in await db.QueryAsync<ModelId>("SELECT id FROM model WHERE writer = @writer", new { writer }))
        {
            await DeleteAsync(db, id);
        }
    }
}
