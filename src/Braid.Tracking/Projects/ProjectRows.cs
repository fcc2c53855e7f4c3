using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Projects;

/// <summary>Reading and making project rows inside somebody's transaction.</summary>
internal static class ProjectRows
{
    private const string byId = $"SELECT {ProjectRow.Columns} FROM project e WHERE e.id = @id";
    private const string byNumber = $"SELECT {ProjectRow.Columns} FROM project e WHERE e.number = @number";
    private const string byName = $"SELECT {ProjectRow.Columns} FROM project e WHERE e.name = @name";

    private const string insert = """
        INSERT INTO project
          (id, number, name, base_name, parent_id, description, labels, system_labels, user_name, created, last_update,
           default_output, artifact_location)
        VALUES
          (@Id, @Number, @Name, @BaseName, @ParentId, @Description, @Labels, @SystemLabels, @User, @now, @now,
           @DefaultOutput, @ArtifactLocation)
        """;

    public static Task<ProjectRow?> FindAsync(DbRead db, ProjectId id) =>
        db.FirstOrDefaultAsync<ProjectRow>(byId, new { id });

    public static Task<ProjectRow?> FindAsync(DbRead db, long number) =>
        db.FirstOrDefaultAsync<ProjectRow>(byNumber, new { number });

    public static Task<ProjectRow?> FindAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<ProjectRow>(byName, new { name });

    /// <summary>The projects directly in a project.</summary>
    public static Task<IReadOnlyList<ProjectRow>> ChildrenAsync(DbRead db, ProjectId id) =>
        db.QueryAsync<ProjectRow>(
            $"SELECT {ProjectRow.Columns} FROM project e WHERE e.parent_id = @id ORDER BY e.name",
            new { id }
        );

    /// <summary>Makes a project whose name is normal and free, and its missing ancestors.</summary>
    public static async Task<ProjectId> InsertAsync(
        DbWrite db,
        NewProject project,
        string user,
        DateTimeOffset now,
        IdSource ids
    )
    {
        var parent = ProjectPaths.ParentOf(project.Name);
        var parentId = parent is null ? (ProjectId?)null : await EnsureAsync(db, parent, user, now, ids);
        var id = new ProjectId(ids.Next());
        await db.ExecuteAsync(
            insert,
            new
            {
                Id = id,
                Number = await db.NextAsync("project"),
                project.Name,
                BaseName = ProjectPaths.BaseName(project.Name),
                ParentId = parentId,
                project.Description,
                Labels = Labels.Pack(project.Labels),
                SystemLabels = Labels.Pack(project.SystemLabels),
                User = user,
                project.DefaultOutput,
                project.ArtifactLocation,
                now,
            }
        );
        await Tags.SetAsync(db, id.ToString(), project.Tags);
        return id;
    }

    /// <summary>The project of a normal name, made when there is none.</summary>
    public static async Task<ProjectId> EnsureAsync(
        DbWrite db,
        string name,
        string user,
        DateTimeOffset now,
        IdSource ids
    ) => (await FindAsync(db, name))?.Id ?? await InsertAsync(db, new(name), user, now, ids);

    public static async Task<IReadOnlyList<Project>> WithTagsAsync(DbRead db, IReadOnlyList<ProjectRow> rows)
    {
        var tags = await Tags.OfAsync(db, [.. rows.Select(row => row.Id.ToString())]);
        return [.. rows.Select(row => row.ToProject([.. tags[row.Id.ToString()]]))];
    }

    public static async Task<Project> WithTagsAsync(DbRead db, ProjectRow row) => (await WithTagsAsync(db, [row]))[0];
}
