using System.Runtime.CompilerServices;
using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.Propagation;
using Braid.Metadata;
using Braid.Pipelines.Workers.Batching;
using Braid.Primitives;

namespace Braid.Pipelines.Jobs;

/// <summary>The jobs: looking at them, waiting for them, stopping and deleting them.</summary>
public sealed class JobCatalog
{
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(5);

    private readonly Database database;
    private readonly VersionedData data;
    private readonly JobEnding ending;
    private readonly WorkerDesks desks;
    private readonly JobWaits waits;

    internal JobCatalog(Database database, VersionedData data, JobEnding ending, WorkerDesks desks, JobWaits waits)
    {
        this.database = database;
        this.data = data;
        this.ending = ending;
        this.desks = desks;
        this.waits = waits;
    }

    /// <summary>The same jobs, whose changes become part of a transaction that runs.</summary>
    public JobCatalog Within(DataTransaction transaction) =>
        new(database, data.Within(transaction), ending, desks, waits);

    /// <param name="id">The commit set's id, or the id of the job's run.</param>
    /// <param name="wait">Answer only when the job has ended.</param>
    public async Task<Result<Job>> InspectAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        bool wait,
        CancellationToken ct
    )
    {
        using var watch = database.Changes.Watch(Topics.Jobs);
        while (true)
        {
            var found = await FindAsync(caller, pipeline, id, ct);
            if (!wait || !found.TryGet(out var row, out _) || row.JobState.IsTerminal())
            {
                return found.Select(Show);
            }

            await watch.NextAsync(longestWait, ct);
        }
    }

    /// <summary>The job behind a run's id, whichever pipeline it belongs to.</summary>
    public async Task<Result<Job>> FindByRunAsync(Caller caller, RunId run, CancellationToken ct)
    {
        var row = await database.ReadAsync(db => JobRows.FindByRunAsync(db, run), ct);
        return row is null ? Errors.JobOfRunNotFound(run)
            : caller.MayUseRun(run, null) is { } denied ? denied
            : Show(row);
    }

    /// <summary>Newest first, unless the filter says otherwise.</summary>
    public async Task<Result<IReadOnlyList<Job>>> ListAsync(Caller caller, JobFilter filter, CancellationToken ct)
    {
        var rows = await database.ReadAsync(db => JobList.QueryAsync(db, filter), ct);
        return rows.Where(row => caller.MayUseRun(row.RunId, null) is null).Select(Show).ToList();
    }

    /// <summary>The jobs of a commit set, those upstream first; with <paramref name="wait"/> each is answered when it has ended.</summary>
    public async Task<Result<JobSet>> InspectSetAsync(Caller caller, CommitSetId set, bool wait, CancellationToken ct)
    {
        using var watch = database.Changes.Watch(Topics.JobSet(set));
        while (true)
        {
            var rows = await database.ReadAsync(db => JobRows.OfSetAsync(db, set), ct);
            if (
                rows.Select(row => caller.MayUseRun(row.RunId, set.AsRun())).FirstOrDefault(d => d is not null) is
                { } no
            )
            {
                return no;
            }

            if (rows.Count == 0)
            {
                return Errors.JobSetNotFound(set);
            }

            if (!wait || rows.All(row => row.JobState.IsTerminal()))
            {
                return new JobSet(set, [.. rows.Select(Show)]);
            }

            await watch.NextAsync(longestWait, ct);
        }
    }

    /// <summary>The commit sets that have jobs, newest first.</summary>
    public async Task<Result<IReadOnlyList<JobSet>>> ListSetsAsync(
        Caller caller,
        JobFilter filter,
        CancellationToken ct
    ) =>
        // A limit counts sets here, so it must not cut the jobs that they are made of.
        (await ListAsync(caller, filter with { Limit = 0 }, ct)).Select<IReadOnlyList<JobSet>>(jobs =>
            jobs.GroupBy(job => job.Set)
                .Take(filter.Limit > 0 ? (int)Math.Min(filter.Limit, int.MaxValue) : int.MaxValue)
                .Select(set => new JobSet(set.Key, filter.OldestFirst ? [.. set] : [.. set.Reverse()]))
                .ToList()
        );

    /// <summary>The newest job of a pipeline, then each new one; never ends by itself.</summary>
    public async IAsyncEnumerable<Job> SubscribeAsync(
        Caller caller,
        PipelineRef pipeline,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var watch = database.Changes.Watch(Topics.Jobs);
        long? seen = null;
        while (true)
        {
            foreach (var row in await NewerAsync(pipeline, seen, ct))
            {
                seen = row.Id;
                if (caller.MayUseRun(row.RunId, null) is null)
                {
                    yield return Show(row);
                }
            }

            seen ??= 0;
            await watch.NextAsync(longestWait, ct);
        }
    }

    /// <summary>Kills a job; nothing happens to one that has ended.</summary>
    public async Task<Result<Unit>> StopAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        string reason,
        CancellationToken ct
    ) =>
        await ChangeAsync(
            caller,
            pipeline,
            id,
            "job.stop",
            (db, job) => ending.EndAsync(db, job, JobEnd.Killed(reason.Length > 0 ? reason : "job stopped")),
            ct
        );

    /// <summary>Kills a job and forgets it and its datums.</summary>
    public async Task<Result<Unit>> DeleteAsync(Caller caller, PipelineRef pipeline, string id, CancellationToken ct) =>
        await ChangeAsync(
            caller,
            pipeline,
            id,
            "job.delete",
            async (db, job) =>
            {
                await ending.EndAsync(db, job, JobEnd.Killed("job deleted"));
                await JobRows.DeleteAsync(db, job);
            },
            ct
        );

    private Job Show(JobRow row)
    {
        var (state, reason) = waits.Standing(row);
        return row.ToJob() with { State = state, Reason = reason, Workers = desks.Of(row) };
    }

    private async Task<Result<JobRow>> FindAsync(Caller caller, PipelineRef pipeline, string id, CancellationToken ct)
    {
        var row = await database.ReadAsync(db => JobRows.FindAsync(db, pipeline, id), ct);
        return row is null ? Errors.JobNotFound(pipeline, id)
            : caller.MayUseRun(row.RunId, null) is { } denied ? denied
            : row;
    }

    private async Task<Result<Unit>> ChangeAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        string action,
        Func<DbWrite, JobRow, Task> change,
        CancellationToken ct
    ) =>
        caller.MayWriteData("jobs") is { } denied
            ? denied
            : await data.Transactions.RunAsync<Unit>(
                caller,
                new(action, $"{pipeline}@{id}"),
                async transaction =>
                {
                    if (await JobRows.FindAsync(transaction.Db, pipeline, id) is not { } job)
                    {
                        return Errors.JobNotFound(pipeline, id);
                    }

                    await change(transaction.Db, job);
                    return Unit.Value;
                },
                ct
            );

    /// <summary>The jobs after one that was seen, oldest first; when none was, the newest.</summary>
    private Task<IReadOnlyList<JobRow>> NewerAsync(PipelineRef pipeline, long? seen, CancellationToken ct) =>
        database.ReadAsync(
            db =>
                db.QueryAsync<JobRow>(
                    JobRow.Select
                        + " WHERE j.project = @Project AND j.pipeline = @Name AND j.id > @seen "
                        + (seen is null ? "ORDER BY j.id DESC LIMIT 1" : "ORDER BY j.id"),
                    new
                    {
                        pipeline.Project,
                        pipeline.Name,
                        seen = seen ?? 0,
                    }
                ),
            ct
        );
}
