using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>Finding and adding datums in a session.</summary>
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

    public static Task<IReadOnlyList<DatumRow>> OfJobAsync(DbRead db, long job) =>
        db.QueryAsync<DatumRow>(DatumRow.Select + " WHERE job_id = @job ORDER BY id", new { job });

    public static Task<DatumRow?> FindAsync(DbRead db, long job, Sha256Hash id) =>
        db.FirstOrDefaultAsync<DatumRow>(DatumRow.Select + " WHERE job_id = @job AND id = @id", new { job, id });

    /// <summary>Those that a worker has.</summary>
    public static Task<IReadOnlyList<DatumRow>> LeasedAsync(DbRead db, long job) =>
        InStateAsync(db, job, DatumState.Starting);

    public static Task<IReadOnlyList<DatumRow>> InStateAsync(DbRead db, long job, DatumState state) =>
        db.QueryAsync<DatumRow>(
            DatumRow.Select + " WHERE job_id = @job AND state = @state ORDER BY id",
            new { job, state = (long)state }
        );

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
        await db.ExecuteAsync(
            """
            UPDATE job SET processed = processed - @processed, failed = failed - @failed, skipped = skipped - @skipped,
              recovered = recovered - @recovered
            WHERE id = @JobId
            """,
            new
            {
                datum.JobId,
                processed = datum.DatumState == DatumState.Success ? 1L : 0,
                failed = datum.DatumState == DatumState.Failed ? 1L : 0,
                skipped = datum.DatumState == DatumState.Skipped ? 1L : 0,
                recovered = datum.DatumState == DatumState.Recovered ? 1L : 0,
            }
        );
    }

    /// <summary>How many datums of a job are in each state.</summary>
    public static async Task<IReadOnlyDictionary<DatumState, long>> CountAsync(DbRead db, long job) =>
        (
            await db.QueryAsync<StateCount>(
                "SELECT state, COUNT(*) AS datums FROM datum WHERE job_id = @job GROUP BY state",
                new { job }
            )
        ).ToDictionary(count => (DatumState)count.State, count => count.Datums);

    private sealed record StateCount
    {
        public long State { get; init; }
        public long Datums { get; init; }
    }
}
