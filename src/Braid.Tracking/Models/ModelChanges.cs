using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Models;

/// <summary>Applies a <see cref="ModelChange"/> to the rows of one model.</summary>
internal static class ModelChanges
{
    private const string update = """
        UPDATE model SET
          name = COALESCE(@Name, name), uri = COALESCE(@Uri, uri), framework = COALESCE(@Framework, framework),
          comment = COALESCE(@Comment, comment), user_name = COALESCE(@User, user_name),
          run_link = COALESCE(@RunLink, run_link), design = COALESCE(@Design, design),
          classes = COALESCE(@Classes, classes), project_id = COALESCE(@project, project_id),
          run_id = COALESCE(@run, run_id), parent_id = COALESCE(@parent, parent_id), state = COALESCE(@state, state),
          state_message = COALESCE(@StateMessage, state_message), stage = COALESCE(@stage, stage),
          is_published = CASE WHEN @setsPublished THEN @published ELSE is_published END,
          labels = COALESCE(@labels, labels), system_labels = COALESCE(@systemLabels, system_labels),
          last_iteration = CASE WHEN last_iteration < @iteration THEN @iteration ELSE last_iteration END,
          last_update = @now
        WHERE id = @id
        """;

    public static async Task<Error?> ApplyAsync(
        DbWrite db,
        Caller caller,
        ModelId id,
        ModelChange change,
        DateTimeOffset now
    )
    {
        if (await CheckReferencesAsync(db, caller, change) is { } dangling)
        {
            return dangling;
        }

        if (await Tags.RemoveAsync(db, id.ToString(), change.RemoveTags) is { } missing)
        {
            return missing;
        }

        await Tags.SetAsync(db, id.ToString(), change.SetTags);
        await EditMetadataAsync(db, id.ToString(), change);
        await UpdateRowAsync(db, id, change, now);
        return null;
    }

    private static async Task<Error?> CheckReferencesAsync(DbRead db, Caller caller, ModelChange change)
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

        return change.Run is { } run ? (await RunHead.FindAsync(db, caller, run)).Error : null;
    }

    private static async Task EditMetadataAsync(DbWrite db, string owner, ModelChange change)
    {
        if (change.ReplaceMetadata)
        {
            await Parameters.RemoveAsync(db, owner, ModelReader.MetadataSection, null);
        }

        foreach (var key in change.RemoveMetadata)
        {
            await Parameters.RemoveAsync(db, owner, ModelReader.MetadataSection, key);
        }

        var metadata = change.SetMetadata.Select(one => new RunParameter(
            ModelReader.MetadataSection,
            one.Key,
            one.Value,
            one.Type
        ));
        var parameters = change.SetParameters.Select(one => new RunParameter("", one.Key, one.Value));
        await Parameters.SetAsync(db, owner, [.. metadata, .. parameters], writer: "");
    }

    private static Task UpdateRowAsync(DbWrite db, ModelId id, ModelChange change, DateTimeOffset now) =>
        db.ExecuteAsync(
            update,
            new
            {
                id,
                change.Name,
                change.Uri,
                change.Framework,
                change.Comment,
                change.User,
                change.RunLink,
                change.Design,
                change.Classes,
                project = change.Project?.ToString(),
                run = change.Run?.ToString(),
                parent = change.Parent?.ToString(),
                state = change.State is { } state ? ModelRow.Text(state) : null,
                change.StateMessage,
                stage = change.Stage is { } stage ? ModelRow.Text(stage) : null,
                setsPublished = change.IsPublished is not null,
                published = change.IsPublished ?? false,
                labels = change.Labels is null ? null : Labels.Pack(change.Labels),
                systemLabels = change.SystemLabels is null ? null : Labels.Pack(change.SystemLabels),
                iteration = change.LastIteration ?? long.MinValue,
                now,
            }
        );
}
