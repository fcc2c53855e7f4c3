using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Projects;

/// <summary>What a merge moved.</summary>
public sealed record MergedProject(long Entities, long Projects);

/// <summary>
/// Puts all that is in one project into another: 1 runs and models; 2 datasets, one of the same name and digest becoming the
/// one that is there; 3 the projects below, one whose name is taken being merged in turn; 4 then the project goes.
/// </summary>
internal static class ProjectMerge
{
    public static async Task<Result<MergedProject>> ApplyAsync(DbWrite db, ProjectRow from, ProjectRow into)
    {
        if (from.Id == Projects.Default)
        {
            return Errors.DefaultProject();
        }

        if (from.Id == into.Id || into.Name.StartsWith(from.Name + "/", StringComparison.Ordinal))
        {
            return Errors.MergedIntoItself(from.Name, into.Name);
        }

        var ids = new { from = from.Id, into = into.Id };
        // 1
        var entities =
            await db.ExecuteAsync("UPDATE run SET project_id = @into WHERE project_id = @from", ids)
            + await db.ExecuteAsync("UPDATE model SET project_id = @into WHERE project_id = @from", ids);
        // 2
        await MoveDatasetsAsync(db, ids);
        // 3
        var below = await MoveProjectsBelowAsync(db, from, into);
        if (!below.TryGet(out var moved, out var error))
        {
            return error;
        }

        // 4
        var gone = await ProjectChanges.DeleteAsync(db, from);
        return gone.Select(_ => new MergedProject(entities + moved.Entities, moved.Projects));
    }

    private static async Task MoveDatasetsAsync(DbWrite db, object ids)
    {
        const string twin = "o.project_id = @into AND o.name = d.name AND o.digest = d.digest";
        // A run that has been in both projects may have read both of two twins.
        const string twice = $"""
            run_dataset WHERE id IN
              (SELECT i.id FROM run_dataset i JOIN dataset d ON d.id = i.dataset_id JOIN dataset o ON {twin}
                JOIN run_dataset other ON other.run_id = i.run_id AND other.dataset_id = o.id WHERE d.project_id = @from)
            """;
        await db.ExecuteAsync($"DELETE FROM tag WHERE owner_id IN (SELECT id FROM {twice})", ids);
        await db.ExecuteAsync($"DELETE FROM {twice}", ids);
        await db.ExecuteAsync(
            $"""
            UPDATE run_dataset SET dataset_id = COALESCE(
              (SELECT o.id FROM dataset d JOIN dataset o ON {twin} WHERE d.id = run_dataset.dataset_id), dataset_id)
            WHERE dataset_id IN (SELECT d.id FROM dataset d WHERE d.project_id = @from)
            """,
            ids
        );
        await db.ExecuteAsync(
            $"""
            UPDATE dataset SET project_id = @into WHERE id IN
              (SELECT d.id FROM dataset d WHERE d.project_id = @from AND NOT EXISTS (SELECT 1 FROM dataset o WHERE {twin}))
            """,
            ids
        );
    }

    private static async Task<Result<MergedProject>> MoveProjectsBelowAsync(
        DbWrite db,
        ProjectRow from,
        ProjectRow into
    )
    {
        var (entities, projects) = (0L, 0L);
        foreach (var child in await ProjectRows.ChildrenAsync(db, from.Id))
        {
            var name = $"{into.Name}/{ProjectPaths.BaseName(child.Name)}";
            if (await ProjectRows.FindAsync(db, name) is not { } taken)
            {
                await ProjectChanges.MoveAsync(db, child, name, into.Id);
                projects++;
                continue;
            }

            var merged = await ApplyAsync(db, child, taken);
            if (!merged.TryGet(out var inner, out var error))
            {
                return error;
            }

            entities += inner.Entities;
            projects += inner.Projects + 1;
        }

        return new MergedProject(entities, projects);
    }
}
