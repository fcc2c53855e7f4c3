using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Logs;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Workers;

/// <summary>Takes attempts back that did not end: their credentials die, and what they tracked is gone.</summary>
internal sealed class UndoneDatums(Runs runs, RunLogs logs, Authenticator authenticator)
{
    /// <summary>Undoes attempts that a worker lost, which the job counts and its log says.</summary>
    public async Task RestartAsync(DbWrite db, long jobId, IReadOnlyList<DatumRow> datums)
    {
        await UndoAsync(db, jobId, datums);
        await db.ExecuteAsync("UPDATE job SET restarts = restarts + 1 WHERE id = @jobId", new { jobId });
        if (await JobRows.FindAsync(db, jobId) is { } job)
        {
            foreach (var worker in datums.GroupBy(datum => datum.Worker ?? "", StringComparer.Ordinal))
            {
                string[] ids = [.. worker.Select(datum => $"{datum.Id}")];
                await logs.AppendForJobAsync(db, job.RunId, JobDecisions.GaveBack(ids, worker.Key));
            }
        }
    }

    /// <summary>Ends attempts as if they had never begun; they do not count as tries.</summary>
    public async Task UndoAsync(DbWrite db, long jobId, IReadOnlyList<DatumRow> datums)
    {
        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @unknown, attempt = NULL, epoch = NULL, worker = NULL, tries = tries - 1
            WHERE job_id = @JobId AND id = @Id
            """,
            datums.Select(datum => new
            {
                datum.JobId,
                datum.Id,
                unknown = (long)DatumState.Unknown,
            })
        );
        if (await JobRows.FindAsync(db, jobId) is { } job)
        {
            string[] attempts = [.. datums.Select(datum => datum.Attempt).OfType<string>()];
            await authenticator.RevokeAttemptsAsync(db, attempts);
            foreach (var attempt in attempts)
            {
                await runs.DiscardWriterAsync(db, job.RunId, attempt);
            }

            JobRows.Announce(db, job.SetId);
        }

        db.Announce(Topics.Work);
    }
}
