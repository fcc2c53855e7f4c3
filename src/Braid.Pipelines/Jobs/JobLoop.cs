using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Brings jobs on, looking at nothing but what is stored, and only at those that can move: 1 jobs whose inputs are finished wait
/// until the job before them has ended; 2 then they are planned and run; 3 when no datum remains the output is
/// made; 4 the job ends with its commits and its run; 5 the rows of a job that ended otherwise are folded. Each step only takes
/// effect in the state it was decided in.
/// </summary>
internal sealed class JobLoop(
    Database database,
    JobStart start,
    JobFinish finish,
    DatumFolding folding,
    JobEnding ending,
    JobClaims claims,
    TimeProvider clock
)
{
    /// <summary>One look at every job that can move; true when any of them did. One that fails to does not hold up the others.</summary>
    /// <exception cref="AggregateException">What went wrong with each job that could not be moved.</exception>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var moved = false;
        var errors = new List<Exception>();
        foreach (var (id, pipeline) in await database.ReadAsync(db => JobRows.MovableAsync(db, clock.GetUtcNow()), ct))
        {
            if (!claims.TryTake(pipeline))
            {
                continue;
            }

            try
            {
                moved |= await MoveAsync(id, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                errors.Add(new InvalidOperationException($"job {id} of {pipeline} cannot be moved on", error));
            }
            finally
            {
                claims.Release(pipeline);
            }
        }

        return errors.Count == 0 ? moved : throw new AggregateException(errors);
    }

    /// <summary>Moves one job as far as it goes.</summary>
    private async Task<bool> MoveAsync(long id, CancellationToken ct)
    {
        var moved = false;
        while (
            await database.ReadAsync(db => JobRows.FindMovableAsync(db, id, clock.GetUtcNow()), ct) is { } job
            && await StepAsync(job, ct)
        )
        {
            moved = true;
        }

        return moved;
    }

    private Task<bool> StepAsync(JobRow job, CancellationToken ct) =>
        // The programs of services are kept running elsewhere, and their jobs go on with them.
        job.ReadSpec().Kind == PipelineKind.Service
            ? Task.FromResult(false)
            : job.JobState switch
            {
                JobState.Starting => start.StartAsync(job, ct),
                JobState.Running => WatchAsync(job, ct),
                JobState.Finishing => finish.FinishAsync(job.Id, ct),
                _ => FoldAsync(job, ct),
            };

    private async Task<bool> WatchAsync(JobRow job, CancellationToken ct)
    {
        if (job.Remaining > 0)
        {
            // The text of Pachyderm, its slip included: programs compare it.
            return await EndAsync(job, JobEnd.Killed(" jobtimed out"), ct);
        }

        return job.Failed > 0
            ? await database.WriteAsync(db => FailAsync(db, job), ct)
            : await database.WriteAsync(db => JobRows.FinishAsync(db, job), ct);
    }

    private async Task<bool> FailAsync(DbWrite db, JobRow job)
    {
        // A datum that is restarted at this moment fails the job no more.
        var failed = await DatumRows.FirstFailedAsync(db, job.Id);
        var why = job.Failure.Length > 0 ? $": {job.Failure}" : "";
        return failed is { } datum && await ending.EndAsync(db, job, JobEnd.Failure($"datum {datum} failed{why}"));
    }

    private async Task<bool> FoldAsync(JobRow job, CancellationToken ct)
    {
        await folding.FoldAsync(job.Id, ct);
        return true;
    }

    private Task<bool> EndAsync(JobRow job, JobEnd end, CancellationToken ct) =>
        database.WriteAsync(db => ending.EndAsync(db, job, end), ct);
}
