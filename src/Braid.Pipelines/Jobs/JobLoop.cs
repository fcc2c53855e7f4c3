using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Logs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Brings every unfinished job one step further, looking at nothing but what is stored: 1 created jobs wait for their
/// inputs; 2 when all are finished the datums are planned and the job runs; 3 when all datums ended the output is merged; 4
/// the job ends with its commits and its run. Each step is one transaction that only takes effect in the state it was
/// decided in.
/// </summary>
internal sealed class JobLoop(
    Database database,
    ContentStore content,
    Commits commits,
    Runs runs,
    RunLogs logs,
    JobPlanning planning,
    OutputMerge merge,
    JobEnding ending,
    TimeProvider clock
)
{
    /// <summary>One look at every unfinished job; true when any of them moved. One that cannot be moved does not hold up the others.</summary>
    /// <exception cref="AggregateException">What went wrong with each job that could not be moved.</exception>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var moved = false;
        var errors = new List<Exception>();
        foreach (var job in await database.ReadAsync(JobRows.UnfinishedAsync, ct))
        {
            try
            {
                moved |= await StepAsync(job, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                errors.Add(new InvalidOperationException($"job {job.Ref}@{job.SetId} cannot be moved on", error));
            }
        }

        return errors.Count == 0 ? moved : throw new AggregateException(errors);
    }

    private Task<bool> StepAsync(JobRow job, CancellationToken ct) =>
        job.JobState switch
        {
            JobState.Created => database.WriteAsync(db => BeginAsync(db, job), ct),
            JobState.Starting => StartAsync(job, ct),
            JobState.Running => WatchAsync(job, ct),
            _ => FinishAsync(job, ct),
        };

    private async Task<bool> BeginAsync(DbWrite db, JobRow job)
    {
        if (!await MoveAsync(db, job, JobState.Starting))
        {
            return false;
        }

        var inputs = (await ReadInputsAsync(db, job)).OfType<Commit>();
        if (inputs.Where(input => !input.IsFinished).Select(input => input.Name).ToList() is { Count: > 0 } open)
        {
            await logs.AppendForJobAsync(db, job.RunId, JobDecisions.WaitsFor(open));
        }

        return true;
    }

    private async Task<bool> StartAsync(JobRow job, CancellationToken ct)
    {
        var read = await database.ReadAsync(db => ReadInputsAsync(db, job), ct);
        if (read.Any(input => input is { IsFinished: false }))
        {
            return false;
        }

        string[] failed = [.. read.OfType<Commit>().Where(input => input.HasFailed).Select(c => c.Name.Repo.Name)];
        if (failed is not [])
        {
            return await EndAsync(job, JobEnd.Unrunnable(failed.Distinct(StringComparer.Ordinal)), ct);
        }

        var spec = job.ReadSpec();
        // The outputs of skipped datums are taken over from an older job, which may be deleted meanwhile.
        using var hold = content.Hold();
        var planned = await planning.PlanAsync(job, spec, [.. read.Select(input => input?.Root)], ct);
        var datums = planned.Select(datum => DatumRow.Of(job.Id, job.SetId, datum)).ToList();
        if ((await hold.SealAsync([.. datums.Select(datum => datum.OutputRoot).Distinct()], ct)).Error is not null)
        {
            // It was deleted: the next look plans without it.
            return true;
        }

        return await database.WriteAsync(db => RunAsync(db, job, datums), ct);
    }

    /// <summary>The commit of each leaf; null where there is none (any more).</summary>
    private async Task<IReadOnlyList<Commit?>> ReadInputsAsync(DbRead db, JobRow job)
    {
        var read = new Commit?[job.ReadSpec().Input.Leaves.Count()];
        foreach (var input in await JobRows.InputsAsync(db, job.Id))
        {
            read[input.Leaf] = await commits.FindAsync(db, input.Commit);
        }

        return read;
    }

    private async Task<bool> RunAsync(DbWrite db, JobRow job, IReadOnlyList<DatumRow> datums)
    {
        var skipped = datums.LongCount(datum => datum.DatumState == DatumState.Skipped);
        var started = await db.ExecuteAsync(
            """
            UPDATE job SET state = @running, started_at = @now, total = @total, skipped = @skipped
            WHERE id = @Id AND state = @State
            """,
            new
            {
                job.Id,
                job.State,
                running = (long)JobState.Running,
                now = clock.GetUtcNow(),
                total = (long)datums.Count,
                skipped,
            }
        );
        if (started == 0)
        {
            return false;
        }

        await DatumRows.InsertAsync(db, datums);
        await logs.AppendForJobAsync(db, job.RunId, JobDecisions.Planned(datums.Count, skipped));
        await runs.SetStatusForJobAsync(db, job.RunId, RunStatus.InProgress, "", "");
        db.Announce(Topics.Work);
        JobRows.Announce(db, job.SetId);
        return true;
    }

    private async Task<bool> WatchAsync(JobRow job, CancellationToken ct)
    {
        if (job.ReadSpec().JobTimeout is { } limit && clock.GetUtcNow() - job.StartedAt > limit)
        {
            // The text of Pachyderm, its slip included: programs compare it.
            return await EndAsync(job, JobEnd.Killed(" jobtimed out"), ct);
        }

        var counts = await database.ReadAsync(db => DatumRows.CountAsync(db, job.Id), ct);
        if (counts.ContainsKey(DatumState.Unknown) || counts.ContainsKey(DatumState.Starting))
        {
            return false;
        }

        if (counts.ContainsKey(DatumState.Failed))
        {
            var failed = await database.ReadAsync(db => DatumRows.InStateAsync(db, job.Id, DatumState.Failed), ct);
            return await EndAsync(job, JobEnd.Failure($"datum {failed[0].Id} failed"), ct);
        }

        return await MoveAsync(job, JobState.Finishing, ct);
    }

    private async Task<bool> FinishAsync(JobRow job, CancellationToken ct)
    {
        using var hold = content.Hold();
        var merged = await merge.MergeAsync(hold, job, ct);
        if (merged.Error is { Kind: ErrorKind.Conflict } gone)
        {
            throw new InvalidOperationException(gone.Message);
        }

        var end = merged.TryGet(out var output, out var error)
            ? JobEnd.Success(output.Root, output.Size)
            : JobEnd.Failure(error.Message);
        return await EndAsync(job, end, ct);
    }

    private Task<bool> EndAsync(JobRow job, JobEnd end, CancellationToken ct) =>
        database.WriteAsync(db => ending.EndAsync(db, job, end), ct);

    private Task<bool> MoveAsync(JobRow job, JobState to, CancellationToken ct) =>
        database.WriteAsync(db => MoveAsync(db, job, to), ct);

    private static async Task<bool> MoveAsync(DbWrite db, JobRow job, JobState to)
    {
        JobRows.Announce(db, job.SetId);
        return await db.ExecuteAsync(
                "UPDATE job SET state = @to WHERE id = @Id AND state = @State",
                new
                {
                    job.Id,
                    job.State,
                    to = (long)to,
                }
            ) > 0;
    }
}
