using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Projects;

/// <summary>Makes, finds, changes and trashes projects. A job's caller sees its own project only.</summary>
public sealed class Projects(Database database, TimeProvider clock, IdSource ids)
{
    /// <summary>The project that always exists: number 0, name "Default".</summary>
    public static ProjectId Default { get; } = ProjectId.Parse("00000000000040008000000000000000");

    /// <summary>Makes a project and its missing ancestors. A job's caller is answered with the job's own project.</summary>
    /// <returns>The project; <c>tracking.project-exists</c> when the name is taken, by a trashed one too.</returns>
    public async Task<Result<Project>> CreateAsync(Caller caller, NewProject project, CancellationToken ct)
    {
        if (caller is Caller.Job job)
        {
            return await GetAsync(caller, job.Project, ct);
        }

        return ProjectPaths.TryNormalise(project.Name, out var name)
            ? await database.WriteAsync(db => CreateAsync(db, caller, project with { Name = name }), ct)
            : Errors.BadProjectName(project.Name);
    }

    /// <summary>The project of that name, made when there is none. A job's caller is answered with the job's own project.</summary>
    public async Task<Result<Project>> EnsureAsync(Caller caller, string name, CancellationToken ct)
    {
        if (caller is Caller.Job job)
        {
            return await GetAsync(caller, job.Project, ct);
        }

        if (!ProjectPaths.TryNormalise(name, out var normal))
        {
            return Errors.BadProjectName(name);
        }

        var found = await FindAsync(db => ProjectRows.FindAsync(db, normal), caller, normal, ct);
        return found.IsOk
            ? found
            : await database.WriteAsync(
                async db => (Result<Project>)await ReadAsync(db, await EnsureAsync(db, caller, normal)),
                ct
            );
    }

    public Task<Result<Project>> GetAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        FindAsync(db => ProjectRows.FindAsync(db, id), caller, id.ToString(), ct);

    /// <summary>By MLflow's experiment id.</summary>
    public Task<Result<Project>> GetAsync(Caller caller, long number, CancellationToken ct) =>
        FindAsync(db => ProjectRows.FindAsync(db, number), caller, $"with number {number}", ct);

    /// <summary>By full path.</summary>
    public Task<Result<Project>> GetAsync(Caller caller, string name, CancellationToken ct) =>
        FindAsync(db => ProjectRows.FindAsync(db, name), caller, $"'{name}'", ct);

    public Task<Result<Page<Project>>> ListAsync(Caller caller, ProjectQuery query, CancellationToken ct)
    {
        var sql = new FilterSql();
        return sql.Where(query.Where).TryGet(out var condition, out var bad)
            ? database.ReadAsync(db => ListAsync(db, caller, query, sql, condition), ct)
            : Task.FromResult<Result<Page<Project>>>(bad);
    }

    public Task<Result<long>> CountAsync(Caller caller, ProjectQuery query, CancellationToken ct)
    {
        var sql = new FilterSql();
        return sql.Where(query.Where).TryGet(out var condition, out var bad)
            ? database.ReadAsync(
                async db =>
                    (Result<long>)
                        await db.ScalarAsync<long>(
                            $"SELECT COUNT(*) FROM project e WHERE {condition}{Scope(caller, query, sql)}",
                            sql.Arguments
                        ),
                ct
            )
            : Task.FromResult<Result<long>>(bad);
    }

    public Task<Result<Project>> UpdateAsync(Caller caller, ProjectId id, ProjectChange change, CancellationToken ct) =>
        ChangeAsync(
            caller,
            id,
            row => change.Name is { } name && name != row.Name ? new("experiment.rename", row.Name, name) : null,
            (db, row) => ProjectChanges.ApplyAsync(db, row, change),
            ct
        );

    /// <summary>Puts the project and its living runs in the trash; the name stays taken.</summary>
    public Task<Result<Project>> TrashAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        id == Default
            ? Task.FromResult<Result<Project>>(Errors.DefaultProject())
            : ChangeAsync(
                caller,
                id,
                row => new("experiment.archive", row.Name),
                (db, row) => ProjectChanges.TrashAsync(db, row, clock.GetUtcNow()),
                ct
            );

    /// <summary>Takes the project, and the runs that went with it, out of the trash.</summary>
    public Task<Result<Project>> RestoreAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        ChangeAsync(caller, id, row => new("experiment.restore", row.Name), ProjectChanges.RestoreAsync, ct);

    /// <summary>Removes an empty project for good; <c>tracking.project-in-use</c> while runs, models or projects are in it.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, ProjectId id, CancellationToken ct) =>
        database.WriteAsync(
            async db =>
            {
                var found = await FindForChangeAsync(db, caller, id);
                if (!found.TryGet(out var row, out var error))
                {
                    return error;
                }

                var deleted = await ProjectChanges.DeleteAsync(db, row);
                return deleted.IsOk
                    ? await ToldAsync(db, caller, new("experiment.delete", row.Name), deleted)
                    : deleted;
            },
            ct
        );

    /// <summary>Puts all that is in one project into another, and removes it.</summary>
    /// <returns><c>tracking.merged-into-itself</c> when the other is the same or lies below it.</returns>
    public Task<Result<MergedProject>> MergeAsync(
        Caller caller,
        ProjectId from,
        ProjectId into,
        CancellationToken ct
    ) =>
        database.WriteAsync(
            async db =>
            {
                var (source, target) = (
                    await FindForChangeAsync(db, caller, from),
                    await FindForChangeAsync(db, caller, into)
                );
                if ((source.Error ?? target.Error) is { } refused)
                {
                    return refused;
                }

                var merged = await ProjectMerge.ApplyAsync(db, source.Value, target.Value);
                var act = new AuditedAct("experiment.merge", source.Value.Name, target.Value.Name);
                return merged.IsOk ? await ToldAsync(db, caller, act, merged) : merged;
            },
            ct
        );

    /// <summary>How many runs there are in projects and below, by project and status.</summary>
    public Task<Result<IReadOnlyList<RunCount>>> CountRunsAsync(
        Caller caller,
        RunCountQuery query,
        CancellationToken ct
    ) => RunCounts.ReadAsync(database, caller, query, ct);

    private async Task<Result<Project>> CreateAsync(DbWrite db, Caller caller, NewProject project)
    {
        if (await ProjectRows.FindAsync(db, project.Name) is not null)
        {
            return Errors.ProjectExists(project.Name);
        }

        return await ReadAsync(db, await ProjectRows.InsertAsync(db, project, caller.Name, clock.GetUtcNow(), ids));
    }

    private Task<ProjectId> EnsureAsync(DbWrite db, Caller caller, string name) =>
        ProjectRows.EnsureAsync(db, name, caller.Name, clock.GetUtcNow(), ids);

    private static async Task<Project> ReadAsync(DbRead db, ProjectId id) =>
        await ProjectRows.FindAsync(db, id) is { } row
            ? await ProjectRows.WithTagsAsync(db, row)
            : throw new InvalidOperationException($"project {id} went while it was being made");

    private Task<Result<Project>> FindAsync(
        Func<DbRead, Task<ProjectRow?>> find,
        Caller caller,
        string which,
        CancellationToken ct
    ) =>
        database.ReadAsync(
            async db =>
            {
                if (await find(db) is not { } row)
                {
                    return Errors.NoSuchProject(which);
                }

                return caller.MayUseProject(row.Id) is { } refused
                    ? refused
                    : (Result<Project>)await ProjectRows.WithTagsAsync(db, row);
            },
            ct
        );

    private static async Task<Result<Page<Project>>> ListAsync(
        DbRead db,
        Caller caller,
        ProjectQuery query,
        FilterSql sql,
        string condition
    )
    {
        var rows = await db.QueryAsync<ProjectRow>(
            $"SELECT {ProjectRow.Columns} FROM project e WHERE {condition}{Scope(caller, query, sql)} "
                + $"{sql.OrderBy(query.OrderBy, "e.number")} {sql.Paging(query.Offset, query.Limit)}",
            sql.Arguments
        );
        var page = rows.ToPage(query.Limit);
        return new Page<Project>(await ProjectRows.WithTagsAsync(db, page.Items), page.More);
    }

    private static string Scope(Caller caller, ProjectQuery query, FilterSql sql) =>
        sql.AndIn("e.id", caller is Caller.Job job ? [job.Project] : query.Ids) + LifecycleSql.And(query.Lifecycle);

    private Task<Result<Project>> ChangeAsync(
        Caller caller,
        ProjectId id,
        Func<ProjectRow, AuditedAct?> actOf,
        Func<DbWrite, ProjectRow, Task<Error?>> change,
        CancellationToken ct
    ) =>
        database.WriteAsync(
            async db =>
            {
                var found = await FindForChangeAsync(db, caller, id);
                if (!found.TryGet(out var row, out var error))
                {
                    return error;
                }

                if (await change(db, row) is { } refused)
                {
                    return refused;
                }

                await db.ExecuteAsync(
                    "UPDATE project SET last_update = @now WHERE id = @id",
                    new { id, now = clock.GetUtcNow() }
                );
                if (actOf(row) is { } act)
                {
                    await db.TellAsync(caller, act, clock.GetUtcNow());
                }

                return (Result<Project>)await ReadAsync(db, id);
            },
            ct
        );

    private async Task<Result<T>> ToldAsync<T>(DbWrite db, Caller caller, AuditedAct act, Result<T> done)
    {
        await db.TellAsync(caller, act, clock.GetUtcNow());
        return done;
    }

    private static async Task<Result<ProjectRow>> FindForChangeAsync(DbRead db, Caller caller, ProjectId id)
    {
        if (caller.MayUseProject(id) is { } refused)
        {
            return refused;
        }

        return await ProjectRows.FindAsync(db, id) is { } row ? row : Errors.NoSuchProject(id.ToString());
    }
}
