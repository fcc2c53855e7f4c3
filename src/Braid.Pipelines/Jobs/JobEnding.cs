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
        await commits.FinishOutputAsync(db, job.Meta, job.Tree, end.Datums, end.CommitError);
        await logs.AppendForJobAsync(db, job.RunId, JobDecisions.Ended(end.State, end.Reason));
        await runs.SetStatusForJobAsync(db, job.RunId, end.RunStatus, end.Reason, "");
        await EndControllerAsync(db, job.SetId);
        JobRows.Announce(db, job.SetId);
        // The next job of the pipeline may have waited for this one; rows are to be folded.
        db.Announce(Topics.Moves);
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
        await authenticator.RevokeRunAsync(db, job.RunId);
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
        var ends = await db.QueryAsync<JobEndCount>(
            """
            SELECT state, SUM(CASE WHEN run_id = @run THEN 1 ELSE 0 END) AS alone FROM job WHERE set_id = @set GROUP BY state
            """,
            new { set, run = set.AsRun() }
        );
        if (ends.Any(end => end.Alone > 0 || !((JobState)end.State).IsTerminal()))
        {
            return;
        }

        var states = ends.Select(end => (JobState)end.State).ToList();
        var status =
            states.TrueForAll(state => state == JobState.Success) ? RunStatus.Completed
            : states.Exists(state => state is JobState.Failure or JobState.Unrunnable) ? RunStatus.Failed
            : RunStatus.Stopped;
        await runs.SetStatusForJobAsync(db, set.AsRun(), status, "", "");
    }

    private sealed record JobEndCount
    {
        public long State { get; init; }
        public long Alone { get; init; }
    }
}
