using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Primitives;

namespace Braid.Pipelines.Planning;

/// <summary>
/// The rows of what a job has to run. Few go into the transaction that starts the job; of many, the first ones are written
/// before, in transactions of their own: nobody looks at them until the job is planned.
/// </summary>
internal sealed class PlannedRows(Database database, JobRow job)
{
    private const int most = 4096;

    private readonly List<DatumRow> waiting = [];
    private long written;

    public long Count => written + waiting.Count;

    /// <summary>Those that are not written yet.</summary>
    public IReadOnlyList<DatumRow> Waiting => waiting;

    public async Task AddAsync(PlannedDatum datum, string reason, CancellationToken ct)
    {
        waiting.Add(DatumRow.Of(job, datum.Id, datum.Key, datum.Inputs, reason));
        if (waiting.Count == most)
        {
            await WriteAsync(ct);
        }
    }

    /// <summary>Adds what is left, in the transaction that starts the job; false when the rows are not those of this plan.</summary>
    public async Task<bool> FinishAsync(DbWrite db)
    {
        await DatumRows.InsertAsync(db, waiting);
        return written == 0 || await CountAsync(db) == Count;
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var isFirst = written == 0;
        await database.WriteAsync(db => WriteAsync(db, isFirst), ct);
        written += waiting.Count;
        waiting.Clear();
    }

    private async Task WriteAsync(DbWrite db, bool isFirst)
    {
        if (await JobRows.FindAsync(db, job.Id) is not { Planned: false, JobState: <= JobState.Starting })
        {
            return;
        }

        if (isFirst)
        {
            // What an attempt to plan left that broke off.
            await db.ExecuteAsync("DELETE FROM datum WHERE job_id = @Id", job);
            await db.ExecuteAsync("UPDATE job SET has_rows = TRUE WHERE id = @Id", job);
        }

        await DatumRows.InsertAsync(db, waiting);
    }

    private Task<long> CountAsync(DbWrite db) =>
        db.ScalarAsync<long>("SELECT COUNT(*) FROM datum WHERE job_id = @Id", new { job.Id });
}
