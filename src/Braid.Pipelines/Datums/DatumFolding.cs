using Braid.Metadata;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Datums;

/// <summary>
/// Moves the rows of a job whose datums have all ended, or which has ended itself, into its tree, batch by batch: 1 the first
/// rows by id are read with the tree; 2 a tree is made that has them; 3 in one transaction the job gets that tree, if
/// it still has the one that was read, and the rows go. So tree and rows together are always the whole, wherever it breaks off.
/// </summary>
internal sealed class DatumFolding(Database database, ContentStore content)
{
    private const int batch = 2048;

    /// <summary>Returns when the job has no rows left, or is gone.</summary>
    public async Task FoldAsync(long job, CancellationToken ct)
    {
        while (await StepAsync(job, ct)) { }
    }

    private async Task<bool> StepAsync(long id, CancellationToken ct)
    {
        using var hold = content.Hold();
        // 1
        var (job, rows) = await database.ReadAsync(
            async db => (await JobRows.FindAsync(db, id), await DatumRows.PageAsync(db, id, null, batch)),
            ct
        );
        if (job is null || !MayFold(job))
        {
            return false;
        }

        if (rows.Count == 0 || !job.Planned)
        {
            return await database.WriteAsync(db => DropAsync(db, job, rows), ct);
        }

        // 2
        var edits = new DatumTreeEdits(hold, job.Tree);
        foreach (var row in rows)
        {
            await edits.PutAsync(row.ToRecord(), row.OutputRoot, row.FromSet == job.SetId, ct);
        }

        var root = await edits.FinishAsync(ct);
        // Refused where the job was deleted meanwhile: the next look tells.
        return (await hold.SealAsync(root, ct)).IsOk
            ? await database.WriteAsync(db => RecordAsync(db, job, root, rows[^1].Id), ct)
            : true;
    }

    private static bool MayFold(JobRow job) => job.HasRows && job.JobState > JobState.Running;

    // Rows of a plan that was never finished tell nothing. True when there may be more.
    private static async Task<bool> DropAsync(DbWrite db, JobRow job, IReadOnlyList<DatumRow> rows)
    {
        if (rows.Count > 0)
        {
            await DatumRows.DeleteUpToAsync(db, job.Id, rows[^1].Id);
            return true;
        }

        await db.ExecuteAsync("UPDATE job SET has_rows = FALSE WHERE id = @Id", job);
        return false;
    }

    // 3
    private static async Task<bool> RecordAsync(DbWrite db, JobRow job, TreeRoot root, Sha256Hash last)
    {
        var own = await db.ExecuteAsync(
            "UPDATE job SET datums = @root WHERE id = @Id AND COALESCE(datums, @none) = @old",
            new
            {
                job.Id,
                root = root.Hash,
                none = TreeRoot.Empty.Hash,
                old = job.Tree.Hash,
            }
        );
        if (own > 0)
        {
            await DatumRows.DeleteUpToAsync(db, job.Id, last);
        }

        return true;
    }
}
