using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Models;

/// <summary>Making and removing versions of named models inside somebody's transaction.</summary>
internal static class VersionRows
{
    /// <summary>
    /// The next version: 1 a logged model without a name becomes it; 2 one that has a name already is copied; 3 without a
    /// logged model the version is a model of its own.
    /// </summary>
    public static async Task<Result<ModelId>> CreateAsync(
        DbWrite db,
        Caller caller,
        NewVersion version,
        DateTimeOffset now,
        IdSource ids
    )
    {
        var logged = version.Model is { } given
            ? await ModelRows.FindAsync(db, caller, given)
            : (Result<ModelRow>?)null;
        if (logged?.Error is { } unusable)
        {
            return unusable;
        }

        var run = version.Run ?? logged?.Value.RunId ?? (caller as Caller.Job)?.Run;
        var head = run is { } runId ? await RunHead.FindAsync(db, caller, runId) : (Result<RunHead>?)null;
        // A run that is gone (or of another server) is only noted: MLflow's clients may name any.
        if (head?.Error is { Kind: not ErrorKind.NotFound } refused)
        {
            return refused;
        }

        var number = await NamedModelRows.NextVersionAsync(db, version.Name, now, ids);
        // 1
        if (logged is { Value: { RegisteredName: null } free })
        {
            await AdoptAsync(db, free.Id, version, number, now);
            return free.Id;
        }

        // 2 3
        var source = logged?.Value;
        var model = (source?.ToModel() ?? new Model { Id = default, Name = version.Name }) with
        {
            Id = new(ids.Next()),
            RegisteredName = version.Name,
            Version = number,
            SourceModel = source?.Id,
            ProjectId =
                source?.ProjectId ?? (head is { IsOk: true } known ? known.Value.ProjectId : Projects.Projects.Default),
            RunId = run,
            Uri = version.Uri,
            Comment = version.Description,
            RunLink = version.RunLink,
            User = caller.Name,
            State = ModelState.Ready,
        };
        await ModelRows.InsertAsync(db, model, onlyVersion: true, caller.Writer ?? "", now);
        return model.Id;
    }

    /// <summary>Takes the version off its name; what only existed as a version goes.</summary>
    public static async Task RemoveAsync(DbWrite db, ModelRow row)
    {
        if (row.OnlyVersion)
        {
            await ModelRows.DeleteAsync(db, row.Id);
            return;
        }

        await db.ExecuteAsync(
            "DELETE FROM model_alias WHERE name = @RegisteredName AND version = @Version",
            new { row.RegisteredName, row.Version }
        );
        await db.ExecuteAsync(
            "UPDATE model SET registered_name = NULL, version = NULL, stage = 'none' WHERE id = @Id",
            new { row.Id }
        );
    }

    private static Task AdoptAsync(DbWrite db, ModelId id, NewVersion version, long number, DateTimeOffset now) =>
        db.ExecuteAsync(
            """
            UPDATE model SET
              registered_name = @Name, version = @number, last_update = @now, run_link = @RunLink,
              uri = CASE WHEN @Uri = '' THEN uri ELSE @Uri END,
              comment = CASE WHEN @Description = '' THEN comment ELSE @Description END
            WHERE id = @id
            """,
            new
            {
                id,
                version.Name,
                number,
                now,
                version.Uri,
                version.Description,
                version.RunLink,
            }
        );
}
