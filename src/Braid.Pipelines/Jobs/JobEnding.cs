using Braid.Access.Credentials;
using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Logs;
using Braid.Primitives;
using Braid.Storage.Trees;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Ends jobs, each in one transaction: 1 the job's state; 2 the leases of its datums, with their credentials; 3 its output
/// and meta commits; 4 its run; 5 the run of its commit set when it was the last.
/// </summary>
internal sealed class JobEnding(
    Commits commits,
    Runs runs,
    RunLogs logs,
    Authenticator authenticator,
    TimeProvider clock
)
{
    /// <summary>Ends a job that has not ended; false when it had.</summary>
    public async Task<bool> EndAsync(DbWrite db, JobRow job, JobEnd end)
    {
        var ended = await db.ExecuteAsync(
            """
            UPDATE job SET state = @state, reason = @reason, finished_at = @now
            WHERE id = @id AND state < @success
            """,
            new
            {
                id = job.Id,
                state = (long)end.State,
                reason = end.Reason,
                now = clock.GetUtcNow(),
                success = (long)JobState.Success,
            }
        );
        if (ended == 0)
        {
            return false;
        }

        await VoidLeasesAsync(db, job);
        // A commit that somebody finished by force, or removed, is left as it is.
        await commits.FinishOutputAsync(db, job.Output, end.Output, end.Size, end.CommitError);
        await commits.FinishOutputAsync(db, job.Meta, TreeRoot.Empty, default, end.CommitError);
        await logs.AppendForJobAsync(db, job.RunId, JobDecisions.Ended(end.State, end.Reason));
        await runs.SetStatusForJobAsync(db, job.RunId, end.RunStatus, end.Reason, "");
        await EndControllerAsync(db, job.SetId);
        JobRows.Announce(db, job.SetId);
        return true;
    }

    /// <summary>Kills every unfinished job of a pipeline.</summary>
    public async Task KillAllAsync(DbWrite db, PipelineRef pipeline, string reason)
    {
        foreach (var job in await JobRows.UnfinishedAsync(db, pipeline))
        {
            await EndAsync(db, job, JobEnd.Killed(reason));
        }
    }

    private async Task VoidLeasesAsync(DbWrite db, JobRow job)
    {
        foreach (var lease in await DatumRows.LeasedAsync(db, job.Id))
        {
            await authenticator.RevokeAttemptAsync(db, lease.Attempt ?? "");
        }

        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @unknown, attempt = NULL, epoch = NULL, worker = NULL
            WHERE job_id = @Id AND state = @starting
            """,
            new
            {
                job.Id,
                unknown = (long)DatumState.Unknown,
                starting = (long)DatumState.Starting,
            }
        );
    }

    /// <summary>The run of a set of several jobs ends with the last of them, and as badly as the worst.</summary>
    private async Task EndControllerAsync(DbWrite db, CommitSetId set)
    {
        var jobs = await JobRows.OfSetAsync(db, set);
        if (jobs.Any(job => job.RunId == set.AsRun() || !job.JobState.IsTerminal()))
        {
            return;
        }

        var status =
            jobs.All(job => job.JobState == JobState.Success) ? RunStatus.Completed
            : jobs.Any(job => job.JobState is JobState.Failure or JobState.Unrunnable) ? RunStatus.Failed
            : RunStatus.Stopped;
        await runs.SetStatusForJobAsync(db, set.AsRun(), status, "", "");
    }
}
