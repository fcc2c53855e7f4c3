using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;

namespace Braid.Tracking.Runs;

/// <summary>Applies a <see cref="RunChange"/> to the rows of one run.</summary>
internal static class RunChanges
{
    private const string update = """
        UPDATE run SET
          name = COALESCE(@Name, name), type = COALESCE(@Type, type), comment = COALESCE(@Comment, comment),
          user_name = COALESCE(@User, user_name), status_reason = COALESCE(@StatusReason, status_reason),
          status_message = COALESCE(@StatusMessage, status_message), project_id = COALESCE(@Project, project_id),
          parent_id = CASE WHEN @LeavesParent THEN NULL ELSE COALESCE(@Parent, parent_id) END, started = COALESCE(@Started, started),
          completed = COALESCE(@Completed, completed), last_worker = COALESCE(@LastWorker, last_worker),
          last_worker_report = COALESCE(@report, last_worker_report), labels = COALESCE(@labels, labels),
          system_labels = COALESCE(@systemLabels, system_labels), script = COALESCE(@Script, script),
          execution = COALESCE(@Execution, execution), container = COALESCE(@Container, container),
          configuration = COALESCE(@Configuration, configuration), runtime = COALESCE(@Runtime, runtime),
          output = COALESCE(@Output, output), extra = COALESCE(@Extra, extra),
          last_iteration = CASE WHEN last_iteration < @iteration THEN @iteration ELSE last_iteration END,
          last_update = @now, last_change = @now, last_changed_by = @by
        WHERE id = @id
        """;

    public static async Task<Error?> ApplyAsync(
        DbWrite db,
        Caller caller,
        RunId id,
        RunChange change,
        DateTimeOffset now
    )
    {
        // Logging points only is the common case, and brings a change that is the default.
        if (change == RunChange.Nothing)
        {
            return null;
        }

        if (await CheckReferencesAsync(db, caller, change) is { } dangling)
        {
            return dangling;
        }

        var owner = id.ToString();
        if (await Parameters.EditAsync(db, owner, change.Parameters, caller.Writer ?? "") is { } immutable)
        {
            return immutable;
        }

        if (await Tags.RemoveAsync(db, owner, change.RemoveTags) is { } missing)
        {
            return missing;
        }

        await Tags.SetAsync(db, owner, change.SetTags);
        await LinkAsync(db, id, change, now, caller.Writer ?? "");
        if (!change.IsNote)
        {
            await UpdateRowAsync(db, id, change, now, caller.Name);
        }

        db.Announce(Topics.Run(id));
        db.Announce(Topics.Runs);
        return null;
    }

    private static async Task<Error?> CheckReferencesAsync(DbRead db, Caller caller, RunChange change)
    {
        if (change.Project is { } project)
        {
            if (caller.MayUseProject(project) is { } refused)
            {
                return refused;
            }

            if (await ProjectRows.FindAsync(db, project) is null)
            {
                return Errors.NoSuchProject(project.ToString());
            }
        }

        return change.Parent is { } parent ? (await RunHead.FindAsync(db, caller, parent)).Error : null;
    }

    private static async Task LinkAsync(DbWrite db, RunId id, RunChange change, DateTimeOffset now, string writer)
    {
        foreach (var (key, mode) in change.RemoveArtifacts)
        {
            await RunArtifactRow.RemoveAsync(db, id, key, mode);
        }

        foreach (var artifact in change.SetArtifacts)
        {
            await RunArtifactRow.SetAsync(db, id, artifact, writer);
        }

        foreach (var (name, kind) in change.RemoveModels)
        {
            await RunModelRow.RemoveAsync(db, id, kind, name);
        }

        foreach (var model in change.SetModels)
        {
            await RunModelRow.SetAsync(db, id, model, now, writer);
        }
    }

    private static Task UpdateRowAsync(DbWrite db, RunId id, RunChange change, DateTimeOffset now, string by) =>
        db.ExecuteAsync(
            update,
            new
            {
                id,
                change.Name,
                change.Type,
                change.Comment,
                change.User,
                change.StatusReason,
                change.StatusMessage,
                Project = change.Project?.ToString(),
                Parent = change.Parent?.ToString(),
                change.LeavesParent,
                Started = change.Started?.ToStored(),
                Completed = change.Completed?.ToStored(),
                change.LastWorker,
                report = change.LastWorker is null ? (long?)null : now.ToStored(),
                labels = change.Labels is null ? null : Labels.Pack(change.Labels),
                systemLabels = change.SystemLabels is null ? null : Labels.Pack(change.SystemLabels),
                change.Documents.Script,
                change.Documents.Execution,
                change.Documents.Container,
                change.Documents.Configuration,
                change.Documents.Runtime,
                change.Documents.Output,
                change.Documents.Extra,
                iteration = change.LastIteration ?? long.MinValue,
                now = now.ToStored(),
                by,
            }
        );
}
