using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Models;

/// <summary>Models, registered or not. A job's caller sees the models of its own run and its children.</summary>
public sealed class Models(Database database, TimeProvider clock, IdSource ids)
{
    public Task<Result<Model>> CreateAsync(Caller caller, NewModel model, CancellationToken ct) =>
        database.WriteAsync(db => CreateAsync(db, caller, model), ct);

    /// <summary>The model; a trashed one too.</summary>
    public Task<Result<Model>> GetAsync(Caller caller, ModelId id, CancellationToken ct) =>
        database.ReadAsync<Result<Model>>(
            async db =>
            {
                var found = await ModelRows.FindAsync(db, caller, id);
                return found.TryGet(out var row, out var error)
                    ? (await ModelReader.WithPartsAsync(db, [row]))[0]
                    : error;
            },
            ct
        );

    public Task<Result<Page<Model>>> QueryAsync(Caller caller, ModelQuery query, CancellationToken ct) =>
        AskAsync(query, (db, sql, condition) => ModelReader.QueryAsync(db, caller, query, sql, condition), ct);

    public Task<Result<long>> CountAsync(Caller caller, ModelQuery query, CancellationToken ct) =>
        AskAsync(query, (db, sql, condition) => ModelReader.CountAsync(db, caller, query, sql, condition), ct);

    /// <summary>The same for each project in which there are some.</summary>
    public Task<Result<IReadOnlyDictionary<ProjectId, long>>> CountByProjectAsync(
        Caller caller,
        ModelQuery query,
        CancellationToken ct
    ) =>
        AskAsync(query, (db, sql, condition) => ModelReader.CountByProjectAsync(db, caller, query, sql, condition), ct);

    public Task<Result<Model>> UpdateAsync(Caller caller, ModelId id, ModelChange change, CancellationToken ct) =>
        ChangeAsync(caller, id, _ => change, ct);

    /// <summary>Reads the model, decides, changes: as one. <paramref name="decide"/> may run more than once, so it has no effects.</summary>
    public Task<Result<Model>> ChangeAsync(
        Caller caller,
        ModelId id,
        Func<Model, Result<ModelChange>> decide,
        CancellationToken ct
    ) =>
        database.WriteAsync<Model>(
            async db =>
            {
                var found = await ModelRows.FindAsync(db, caller, id);
                if (!found.TryGet(out var row, out var error))
                {
                    return error;
                }

                var decided = decide((await ModelReader.WithPartsAsync(db, [row]))[0]);
                return decided.TryGet(out var change, out var refused)
                    ? await ApplyAsync(db, caller, id, change)
                    : refused;
            },
            ct
        );

    /// <summary>Puts the model in the trash (MLflow's soft delete).</summary>
    public Task<Result<Unit>> TrashAsync(Caller caller, ModelId id, CancellationToken ct) =>
        OnAsync(
            caller,
            id,
            "model.archive",
            (db, _) =>
                db.ExecuteAsync("UPDATE model SET trashed = @now WHERE id = @id", new { id, now = clock.GetUtcNow() }),
            ct
        );

    /// <summary>Removes the model, its aliases, links and points for good.</summary>
    /// <param name="files">Whether the file or folder goes, too, that it names and no other model does.</param>
    public Task<Result<Unit>> DeleteAsync(Caller caller, ModelId id, StoredFiles files, CancellationToken ct) =>
        OnAsync(
            caller,
            id,
            "model.delete",
            async (db, model) =>
            {
                await ModelRows.DeleteAsync(db, id);
                if (files == StoredFiles.Go)
                {
                    await FreedFiles.OfModelAsync(db, model.Uri);
                }
            },
            ct
        );

    /// <summary>Records what runs measured of models on datasets; of each metric, dataset and run the newest value stays.</summary>
    public Task<Result<Unit>> MeasureAsync(Caller caller, IReadOnlyList<ModelMetric> metrics, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                foreach (var id in metrics.Select(metric => metric.Model).Distinct())
                {
                    var found = await ModelRows.FindAsync(db, caller, id);
                    if (!found.IsOk)
                    {
                        return found.Error;
                    }
                }

                foreach (var metric in metrics)
                {
                    await ModelMetricRows.SetAsync(db, metric);
                }

                return Unit.Value;
            },
            ct
        );

    /// <summary>What was measured of models on datasets, by model and metric; the caller has read the models.</summary>
    public Task<Result<IReadOnlyList<ModelMetric>>> MeasuredAsync(IReadOnlyList<Model> models, CancellationToken ct) =>
        database.ReadAsync<Result<IReadOnlyList<ModelMetric>>>(
            async db => (await ModelMetricRows.OfAsync(db, models.Select(model => model.Id))).ToArray(),
            ct
        );

    /// <summary>The runs that use the model as <paramref name="kind"/>.</summary>
    public Task<Result<IReadOnlyList<RunId>>> RunsOfAsync(
        Caller caller,
        ModelId id,
        RunModelKind kind,
        CancellationToken ct
    ) =>
        database.ReadAsync<Result<IReadOnlyList<RunId>>>(
            async db =>
            {
                var found = await ModelRows.FindAsync(db, caller, id);
                if (!found.TryGet(out _, out var error))
                {
                    return error;
                }

                var runs = await db.QueryAsync<RunId>(
                    "SELECT DISTINCT run_id FROM run_model WHERE model_id = @id AND kind = @kind ORDER BY run_id",
                    new { id, kind = RunModelRow.Text(kind) }
                );
                return runs.ToArray();
            },
            ct
        );

    private async Task<Result<Model>> CreateAsync(DbWrite db, Caller caller, NewModel model)
    {
        var id = model.Id ?? new ModelId(ids.Next());
        if (await db.FirstOrDefaultAsync<string>("SELECT id FROM model WHERE id = @id", new { id }) is not null)
        {
            return Errors.ModelExists(id);
        }

        var place = await PlaceAsync(db, caller, model);
        if (!place.TryGet(out var where, out var refused))
        {
            return refused;
        }

        var now = clock.GetUtcNow();
        var version = model.Register ? await NamedModelRows.NextVersionAsync(db, model.Name, now, ids) : (long?)null;
        var row = new Model
        {
            Id = id,
            Name = model.Name,
            RegisteredName = model.Register ? model.Name : null,
            Version = version,
            ProjectId = where.Project,
            RunId = where.Run,
            ParentId = model.Parent,
            Type = model.Type,
            User = caller.Name,
            State = model.State,
            IsPublished = model.Publish,
        };
        await ModelRows.InsertAsync(db, row, onlyVersion: false, caller.Writer ?? "", now);
        return await ApplyAsync(db, caller, id, model.With with { Project = null, Run = null });
    }

    /// <summary>The project and run of a new model, if they exist and the caller may use them.</summary>
    private static async Task<Result<(ProjectId Project, RunId? Run)>> PlaceAsync(
        DbRead db,
        Caller caller,
        NewModel model
    )
    {
        var run = model.Run ?? (caller as Caller.Job)?.Run;
        var found = run is { } id ? await RunHead.FindAsync(db, caller, id) : (Result<RunHead>?)null;
        if (found?.Error is { } refused)
        {
            return refused;
        }

        var project =
            (caller as Caller.Job)?.Project ?? model.Project ?? found?.Value.ProjectId ?? Projects.Projects.Default;
        return await ProjectRows.FindAsync(db, project) is null
            ? Errors.NoSuchProject(project.ToString())
            : (project, run);
    }

    private async Task<Result<Model>> ApplyAsync(DbWrite db, Caller caller, ModelId id, ModelChange change) =>
        await ModelChanges.ApplyAsync(db, caller, id, change, clock.GetUtcNow()) is { } refused
            ? refused
            : await ModelReader.GetAsync(db, id);

    private async Task<Result<T>> AskAsync<T>(
        ModelQuery query,
        Func<DbRead, FilterSql, string, Task<T>> ask,
        CancellationToken ct
    )
    {
        var sql = new FilterSql();
        return sql.Where(query.Where).TryGet(out var condition, out var bad)
            ? await database.ReadAsync(db => ask(db, sql, condition), ct)
            : bad;
    }

    private Task<Result<Unit>> OnAsync(
        Caller caller,
        ModelId id,
        string action,
        Func<DbWrite, ModelRow, Task> change,
        CancellationToken ct
    ) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                var found = await ModelRows.FindAsync(db, caller, id);
                if (!found.TryGet(out var row, out var error))
                {
                    return error;
                }

                await change(db, row);
                await db.TellAsync(caller, new(action, $"{id}", row.Name), clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );
}
