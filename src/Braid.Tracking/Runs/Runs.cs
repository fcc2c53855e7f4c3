using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Filters;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Runs;

/// <summary>Makes, finds, changes and ends runs.</summary>
public sealed class Runs(Database database, TimeProvider clock, IdSource ids)
{
    private readonly RunCreation creation = new(clock, ids);
    private readonly PointIntake intake = new(database, clock);

    /// <summary>
    /// Makes a run. For a job's caller: the first create of an attempt through a protocol answers the job's own run, with
    /// what <paramref name="run"/> carries merged in; a further one makes a child of it.
    /// </summary>
    public Task<Result<Run>> CreateAsync(Caller caller, NewRun run, CancellationToken ct) =>
        database.WriteAsync(db => creation.CreateAsync(db, caller, run), ct);

    /// <summary>Makes a draft that is like another run.</summary>
    public Task<Result<Run>> CloneAsync(Caller caller, RunId source, RunCloning cloning, CancellationToken ct) =>
        database.WriteAsync<Run>(
            async db =>
            {
                var found = await RunHead.FindAsync(db, caller, source);
                return found.TryGet(out _, out var error)
                    ? await creation.CreateAsync(
                        db,
                        caller,
                        cloning.Of(await RunReader.GetFoldedAsync(db, source, RunParts.All))
                    )
                    : error;
            },
            ct
        );

    /// <summary>What <see cref="DeleteAsync"/> would take away with a run.</summary>
    public Task<Result<RunRemains>> MeasureAsync(Caller caller, RunId id, CancellationToken ct) =>
        database.ReadAsync<Result<RunRemains>>(
            async db =>
            {
                var found = await FindOfClientAsync(db, caller, id, "deleted");
                return found.TryGet(out _, out var error) ? await RunRemains.OfAsync(db, id) : error;
            },
            ct
        );

    /// <summary>Makes the run of a job in the transaction that makes the job; the id of its project.</summary>
    public Task<ProjectId> CreateForJobAsync(DbWrite db, NewJobRun run) => creation.CreateForJobAsync(db, run);

    /// <summary>Says that the job's run is in progress, ended, stopped, ...: the job's decision, so always accepted.</summary>
    public async Task SetStatusForJobAsync(DbWrite db, RunId id, RunStatus to, string reason, string message)
    {
        if (await db.FirstOrDefaultAsync<string>("SELECT status FROM run WHERE id = @id", new { id }) is { } from)
        {
            var change = new StatusChange(to) { Reason = reason, Message = message };
            await StatusChanges.WriteAsync(db, id, StatusText.Parse(from), change, clock.GetUtcNow(), "braid");
        }
    }

    /// <summary>
    /// Takes back what an abandoned attempt wrote: points, plots, artifacts, model versions, child runs. Log lines stay,
    /// marked. Summaries are computed anew, so that another attempt doubles nothing.
    /// </summary>
    public Task DiscardWriterAsync(DbWrite db, RunId id, string attempt) =>
        RunRemoval.DiscardWriterAsync(db, id, attempt);

    public Task<Result<Run>> GetAsync(Caller caller, RunId id, RunParts parts, CancellationToken ct) =>
        database.ReadFoldedAsync<Result<Run>>(
            [id.ToString()],
            async db =>
            {
                var run = await RunReader.FindAsync(db, id, parts);
                if (caller.MayUseRun(id, run?.ParentId) is { } refused)
                {
                    return refused;
                }

                return run is null ? Errors.NoSuchRun(id) : run;
            },
            ct
        );

    /// <summary>The status alone, which whoever logs is asked for at each call.</summary>
    public Task<Result<RunStatus>> StatusAsync(Caller caller, RunId id, CancellationToken ct) =>
        database.ReadAsync(
            async db => (await RunHead.FindAsync(db, caller, id)).Select(head => StatusText.Parse(head.Status)),
            ct
        );

    /// <summary>Those of the runs that exist and that the caller may see, trashed ones too, by id.</summary>
    public async Task<Result<IReadOnlyList<Run>>> GetManyAsync(
        Caller caller,
        IReadOnlyList<RunId> ids,
        RunParts parts,
        CancellationToken ct
    )
    {
        var runs = await database.ReadFoldedAsync(
            ids.Select(id => id.ToString()),
            db => RunReader.GetManyAsync(db, ids, parts),
            ct
        );
        return runs.Where(run => caller.MayUseRun(run.Id, run.ParentId) is null).ToArray();
    }

    public Task<Result<Page<Run>>> QueryAsync(Caller caller, RunQuery query, CancellationToken ct) =>
        AskAsync(query, (db, _, _) => RunReader.QueryAsync(db, caller, query), ct);

    /// <summary>How many runs the query's condition matches; its page does not matter.</summary>
    public Task<Result<long>> CountAsync(Caller caller, RunQuery query, CancellationToken ct) =>
        AskAsync(query, (db, sql, condition) => RunReader.CountAsync(db, caller, query, sql, condition), ct);

    /// <summary>The same for each project in which there are some.</summary>
    public Task<Result<IReadOnlyDictionary<ProjectId, long>>> CountByProjectAsync(
        Caller caller,
        RunQuery query,
        CancellationToken ct
    ) => AskAsync(query, (db, sql, condition) => RunReader.CountByProjectAsync(db, caller, query, sql, condition), ct);

    /// <summary>Of each project the run that was made last among those that the query's condition matches.</summary>
    public Task<Result<IReadOnlyList<Run>>> NewestByProjectAsync(Caller caller, RunQuery query, CancellationToken ct) =>
        AskAsync(query, (db, sql, condition) => RunReader.NewestByProjectAsync(db, caller, query, sql, condition), ct);

    public Task<Result<Run>> UpdateAsync(Caller caller, RunId id, RunChange change, CancellationToken ct) =>
        ChangeAsync(caller, id, _ => change, ct);

    /// <summary>Reads the whole run, decides, changes: as one. <paramref name="decide"/> may run more than once, so it has no effects.</summary>
    public Task<Result<Run>> ChangeAsync(
        Caller caller,
        RunId id,
        Func<Run, Result<RunChange>> decide,
        CancellationToken ct
    ) =>
        database.WriteAsync<Run>(
            async db =>
            {
                var found = await RunHead.FindForChangeAsync(db, caller, id);
                if (!found.TryGet(out _, out var error))
                {
                    return error;
                }

                var decided = decide(await RunReader.GetFoldedAsync(db, id, RunParts.All));
                if (!decided.TryGet(out var change, out var refused))
                {
                    return refused;
                }

                return await RunChanges.ApplyAsync(db, caller, id, change, clock.GetUtcNow()) is { } failed
                    ? failed
                    : await RunReader.GetAsync(db, id, RunParts.All);
            },
            ct
        );

    /// <summary>Changes the run and appends points in one transaction (MLflow's log-batch).</summary>
    public Task<Result<Unit>> LogAsync(
        Caller caller,
        RunId id,
        RunChange change,
        IReadOnlyList<Point> points,
        CancellationToken ct
    ) =>
        change == RunChange.Nothing && points.Count > 0
            ? intake.TakeAsync(caller, id, points, ct)
            : database.WriteAsync<Unit>(
                async db =>
                {
                    var found = await RunHead.FindForChangeAsync(db, caller, id);
                    if (!found.TryGet(out _, out var error))
                    {
                        return error;
                    }

                    var now = clock.GetUtcNow();
                    if (await RunChanges.ApplyAsync(db, caller, id, change, now) is { } refused)
                    {
                        return refused;
                    }

                    return points.Count == 0 ? Unit.Value : await SeriesWriter.AppendAsync(db, caller, id, points, now);
                },
                ct
            );

    /// <summary>
    /// Goes to another status if <see cref="StatusMachine"/> allows it (<c>tracking.status-forbidden</c>) or it is forced.
    /// From a job's caller, on the job's own run, the end is only recorded: the job ends the run.
    /// </summary>
    /// <returns>The run as it is now, without parts.</returns>
    public Task<Result<Run>> SetStatusAsync(Caller caller, RunId id, StatusChange change, CancellationToken ct) =>
        database.WriteAsync<Run>(
            async db =>
            {
                var changed = await StatusChanges.ApplyAsync(db, caller, id, change, clock.GetUtcNow());
                if (!changed.IsOk)
                {
                    return changed.Error;
                }

                if (change.To == RunStatus.Stopped)
                {
                    await db.TellAsync(caller, new("run.stop", $"{id}"), clock.GetUtcNow());
                }

                return await RunReader.GetFoldedAsync(db, id, RunParts.None);
            },
            ct
        );

    /// <summary>A sign of life, of a program that gives one regularly: <see cref="SilentRuns"/> misses it from now on.</summary>
    public Task<Result<Unit>> PingAsync(Caller caller, RunId id, CancellationToken ct) =>
        OnAsync(
            caller,
            id,
            (db, _) =>
                db.ExecuteAsync(
                    "UPDATE run SET last_update = @now, pinged = @now WHERE id = @id",
                    new { id, now = clock.GetUtcNow() }
                ),
            ct
        );

    /// <summary>Puts the run in the trash. Doing it again changes nothing.</summary>
    public Task<Result<Unit>> TrashAsync(Caller caller, RunId id, CancellationToken ct) =>
        OnAsync(
            caller,
            id,
            async (db, _) =>
            {
                await db.TellAsync(caller, new("run.archive", $"{id}"), clock.GetUtcNow());
                await db.ExecuteAsync("DELETE FROM queue_entry WHERE run_id = @id", new { id });
                await SetTrashedAsync(
                    db,
                    id,
                    "UPDATE run SET trashed = @now, last_update = @now WHERE id = @id AND trashed IS NULL"
                );
            },
            ct
        );

    public Task<Result<Unit>> RestoreAsync(Caller caller, RunId id, CancellationToken ct) =>
        OnAsync(
            caller,
            id,
            async (db, _) =>
            {
                await db.TellAsync(caller, new("run.restore", $"{id}"), clock.GetUtcNow());
                await SetTrashedAsync(
                    db,
                    id,
                    "UPDATE run SET trashed = NULL, trashed_with_project = FALSE, last_update = @now WHERE id = @id"
                );
            },
            ct
        );

    /// <summary>
    /// Back to created: points, plots, logs, output artifacts' descriptors and output models' links go, times and reports
    /// are cleared. A published run needs <paramref name="force"/>; a job's run cannot be reset.
    /// </summary>
    /// <param name="files">Whether the files that it stored go, too; those of what it reads and of its models stay.</param>
    public Task<Result<Run>> ResetAsync(Caller caller, RunId id, bool force, StoredFiles files, CancellationToken ct) =>
        database.WriteAsync<Run>(
            async db =>
            {
                var found = await FindOfClientAsync(db, caller, id, "reset");
                if (!found.TryGet(out var head, out var error))
                {
                    return error;
                }

                if (head.Status == RunStatus.Published.ToText() && !force)
                {
                    return Errors.RunPublished(id);
                }

                await db.TellAsync(caller, new("run.reset", $"{id}"), clock.GetUtcNow());
                await RunRemoval.ResetAsync(db, id, files, clock.GetUtcNow(), caller.Name);
                return await RunReader.GetAsync(db, id, RunParts.All);
            },
            ct
        );

    /// <summary>Removes the run and everything it logged, for good; its models stay, its children lose their parent.</summary>
    /// <param name="files">Whether the files that it stored go, too; those of its models stay.</param>
    public Task<Result<Unit>> DeleteAsync(Caller caller, RunId id, StoredFiles files, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                var found = await FindOfClientAsync(db, caller, id, "deleted");
                if (!found.TryGet(out _, out var error))
                {
                    return error;
                }

                if (files == StoredFiles.Go)
                {
                    await FreedFiles.OfRunAsync(db, id);
                }

                await RunRows.DeleteAsync(db, id);
                await db.TellAsync(caller, new("run.delete", $"{id}"), clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );

    private async Task<Result<T>> AskAsync<T>(
        RunQuery query,
        Func<DbRead, FilterSql, string, Task<T>> ask,
        CancellationToken ct
    )
    {
        var sql = new FilterSql();
        return sql.Where(query.Where).TryGet(out var condition, out var bad)
            ? await database.ReadFoldedAsync(runs: null, db => ask(db, sql, condition), ct)
            : bad;
    }

    private Task<Result<Unit>> OnAsync(
        Caller caller,
        RunId id,
        Func<DbWrite, RunHead, Task> change,
        CancellationToken ct
    ) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                var found = await RunHead.FindAsync(db, caller, id);
                if (!found.TryGet(out var head, out var error))
                {
                    return error;
                }

                await change(db, head);
                return Unit.Value;
            },
            ct
        );

    private async Task SetTrashedAsync(DbWrite db, RunId id, string sql)
    {
        await db.ExecuteAsync(sql, new { id, now = clock.GetUtcNow() });
        db.Announce(Topics.Run(id));
        db.Announce(Topics.Runs);
    }

    private static async Task<Result<RunHead>> FindOfClientAsync(DbRead db, Caller caller, RunId id, string what)
    {
        var found = await RunHead.FindAsync(db, caller, id);
        return found is { IsOk: true, Value.IsOfJob: true } ? Errors.RunOfJob(id, what) : found;
    }
}
