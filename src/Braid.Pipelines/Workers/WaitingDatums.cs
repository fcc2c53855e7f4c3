using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;

namespace Braid.Pipelines.Workers;

/// <summary>What there is to do: datums that nobody has taken, and who works already.</summary>
internal static class WaitingDatums
{
    /// <summary>Running jobs with datums that nobody has taken, oldest first.</summary>
    public static Task<IReadOnlyList<JobRow>> JobsAsync(DbRead db) =>
        db.QueryAsync<JobRow>(
            JobRow.Select
                + """
                 WHERE j.state = @running
                   AND EXISTS (SELECT 1 FROM datum d WHERE d.job_id = j.id AND d.state = @unknown)
                ORDER BY j.id
                """,
            new { running = (long)JobState.Running, unknown = (long)DatumState.Unknown }
        );

    /// <summary>How many datums of a job nobody has taken, counted up to so many.</summary>
    public static Task<long> CountAsync(DbRead db, long job, int most) =>
        db.ScalarAsync<long>(
            "SELECT COUNT(*) FROM (SELECT 1 FROM datum WHERE job_id = @job AND state = @unknown LIMIT @most) AS counted",
            new
            {
                job,
                unknown = (long)DatumState.Unknown,
                most,
            }
        );

    /// <summary>How many workers have datums of a job.</summary>
    public static Task<long> WorkersAsync(DbRead db, JobRow job) =>
        db.ScalarAsync<long>(
            "SELECT COUNT(DISTINCT worker) FROM datum WHERE job_id = @Id AND state = @starting",
            new { job.Id, starting = (long)DatumState.Starting }
        );
}
