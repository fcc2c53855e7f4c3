using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Projects;

/// <summary>What changes of one project do to the rows.</summary>
internal static class ProjectChanges
{
    private const string update = """
        UPDATE project SET
          description = COALESCE(@Description, description), labels = COALESCE(@Labels, labels),
          system_labels = COALESCE(@SystemLabels, system_labels), default_output = COALESCE(@DefaultOutput, default_output)
        WHERE id = @Id
        """;

    public static async Task<Error?> ApplyAsync(DbWrite db, ProjectRow row, ProjectChange change)
    {
        if (change.Name is not null && await RenameAsync(db, row, change.Name) is { } refused)
        {
            return refused;
        }

        await db.ExecuteAsync(
            update,
            new
            {
                row.Id,
                change.Description,
                Labels = change.Labels is null ? null : Labels.Pack(change.Labels),
                SystemLabels = change.SystemLabels is null ? null : Labels.Pack(change.SystemLabels),
                change.DefaultOutput,
            }
        );
        await Tags.SetAsync(db, row.Id.ToString(), change.SetTags);
        return await Tags.RemoveAsync(db, row.Id.ToString(), change.RemoveTags);
    }

    public static async Task<Error?> TrashAsync(DbWrite db, ProjectRow row, DateTimeOffset now)
    {
        if (row.Trashed is not null)
        {
            return Errors.ProjectTrashed(row.Name);
        }

        await db.ExecuteAsync("UPDATE project SET trashed = @now WHERE id = @Id", new { row.Id, now });
        await db.ExecuteAsync(
            "UPDATE run SET trashed = @now, trashed_with_project = TRUE WHERE project_id = @Id AND trashed IS NULL",
            new { row.Id, now }
        );
        return null;
    }

    public static async Task<Error?> RestoreAsync(DbWrite db, ProjectRow row)
    {
        if (row.Trashed is null)
        {
            return Errors.NoSuchProject($"'{row.Name}' in the trash");
        }

        await db.ExecuteAsync("UPDATE project SET trashed = NULL WHERE id = @Id", new { row.Id });
        await db.ExecuteAsync(
            """
            UPDATE run SET trashed = NULL, trashed_with_project = FALSE
            WHERE project_id = @Id AND trashed_with_project
            """,
            new { row.Id }
        );
        return null;
    }

    public static async Task<Result<Unit>> DeleteAsync(DbWrite db, ProjectRow row)
    {
        if (row.Id == Projects.Default)
        {
            return Errors.DefaultProject();
        }

        var things = await db.ScalarAsync<long>(
            """
            SELECT (SELECT COUNT(*) FROM run WHERE project_id = @Id) + (SELECT COUNT(*) FROM model WHERE project_id = @Id)
              + (SELECT COUNT(*) FROM project WHERE parent_id = @Id)
            """,
            new { row.Id }
        );
        if (things > 0)
        {
            return Errors.ProjectInUse(row.Name, things);
        }

        await db.ExecuteAsync("DELETE FROM tag WHERE owner_id = @Id", new { row.Id });
        await db.ExecuteAsync("DELETE FROM dataset WHERE project_id = @Id", new { row.Id });
        await db.ExecuteAsync("DELETE FROM project WHERE id = @Id", new { row.Id });
        return Unit.Value;
    }

    /// <summary>Moves the project and all below it to another path whose parent must be the same or exist.</summary>
    private static async Task<Error?> RenameAsync(DbWrite db, ProjectRow row, string name)
    {
        if (
            !ProjectPaths.TryNormalise(name, out var normal)
            || normal.StartsWith(row.Name + "/", StringComparison.Ordinal)
        )
        {
            return Errors.BadProjectName(name);
        }

        if (normal == row.Name)
        {
            return null;
        }

        if (row.Id == Projects.Default)
        {
            return Errors.DefaultProject();
        }

        var parentName = ProjectPaths.ParentOf(normal);
        var parent = parentName is null ? null : await ProjectRows.FindAsync(db, parentName);
        if (parentName is not null && parent is null)
        {
            return Errors.NoSuchProject($"'{parentName}'");
        }

        if (await ProjectRows.FindAsync(db, normal) is not null)
        {
            return Errors.ProjectExists(normal);
        }

        await MoveAsync(db, row, normal, parent?.Id);
        return null;
    }

    /// <summary>The project and all below it get a name that is free.</summary>
    public static async Task MoveAsync(DbWrite db, ProjectRow row, string name, ProjectId? parent)
    {
        await db.ExecuteAsync(
            "UPDATE project SET name = @name, base_name = @baseName, parent_id = @parent WHERE id = @Id",
            new
            {
                row.Id,
                name,
                baseName = ProjectPaths.BaseName(name),
                parent,
            }
        );
        await db.ExecuteAsync(
            """
            UPDATE project SET name = @name || SUBSTR(name, LENGTH(@old) + 1)
            WHERE SUBSTR(name, 1, LENGTH(@old) + 1) = @old || '/'
            """,
            new { old = row.Name, name }
        );
    }
}
