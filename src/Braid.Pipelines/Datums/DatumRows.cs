using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>Finding and changing the datums that jobs have to run, in a session.</summary>
internal static class DatumRows
{
    public static Task InsertAsync(DbWrite db, IEnumerable<DatumRow> datums) =>
        db.ExecuteAsync(
            """
            INSERT INTO datum (
              job_id, id, key, state, reason, inputs, output, from_set, tries,
              download_time, process_time, upload_time, download_bytes, upload_bytes)
            VALUES (@JobId, @Id, @Key, @State, @Reason, @Inputs, @Output, @FromSet, 0, 0, 0, 0, 0, 0)
            """,
            datums
        );

    public static Task<DatumRow?> FindAsync(DbRead db, long job, Sha256Hash id) =>
        db.FirstOrDefaultAsync<DatumRow>(DatumRow.Select + " WHERE job_id = @job AND id = @id", new { job, id });

    /// <summary>The first rows by id; only those after (backwards: before) the given one.</summary>
    public static Task<IReadOnlyList<DatumRow>> PageAsync(
        DbRead db,
        long job,
        Sha256Hash? after,
        int limit,
        bool backwards = false
    ) =>
        db.QueryAsync<DatumRow>(
            DatumRow.Select
                + " WHERE job_id = @job"
                + (after is null ? "" : $" AND id {(backwards ? "<" : ">")} @after")
                + $" ORDER BY id {(backwards ? "DESC" : "ASC")} LIMIT {limit}",
            new { job, after }
        );

    /// <summary>The first one that failed, by id.</summary>
    public static Task<Sha256Hash?> FirstFailedAsync(DbRead db, long job) =>
        db.FirstOrDefaultAsync<Sha256Hash?>(
            "SELECT id FROM datum WHERE job_id = @job AND state = @failed ORDER BY id LIMIT 1",
            new { job, failed = (long)DatumState.Failed }
        );

    public static Task DeleteUpToAsync(DbWrite db, long job, Sha256Hash last) =>
        db.ExecuteAsync("DELETE FROM datum WHERE job_id = @job AND id <= @last", new { job, last });

    /// <summary>
    /// Puts a datum back to the start. The attempt that has it, if any, loses it, and ends when it next looks; it counts among
    /// the datums that ended no longer.
    /// </summary>
    public static async Task RestartAsync(DbWrite db, DatumRow datum)
    {
        await db.ExecuteAsync(
            """
            UPDATE datum SET state = @unknown, output = NULL, tries = 0, attempt = NULL, epoch = NULL, worker = NULL
            WHERE job_id = @JobId AND id = @Id
            """,
            new
            {
                datum.JobId,
                datum.Id,
                unknown = (long)DatumState.Unknown,
            }
        );
        await UncountAsync(db, datum.JobId, datum.DatumState);
    }

    /// <summary>A datum in that state of a running job is to run again.</summary>
    public static Task UncountAsync(DbWrite db, long job, DatumState state) =>
        db.ExecuteAsync(
            """
            UPDATE job SET processed = processed - @processed, failed = failed - @failed, skipped = skipped - @skipped,
              recovered = recovered - @recovered,
              remaining = remaining + @processed + @failed + @skipped + @recovered
            WHERE id = @job
            """,
            new
            {
                job,
                processed = state == DatumState.Success ? 1L : 0,
                failed = state == DatumState.Failed ? 1L : 0,
                skipped = state == DatumState.Skipped ? 1L : 0,
                recovered = state == DatumState.Recovered ? 1L : 0,
            }
        );
}
