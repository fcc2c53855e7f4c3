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

    /// <summary>
    /// Makes the tree that has the first rows (1, 2); null for a job whose datums may still change, or which is gone. To be sealed
    /// with the same hold, then recorded.
    /// </summary>
    public async Task<FoldedRows?> NextAsync(ContentHold hold, long id, CancellationToken ct)
    {
        var (job, rows) = await database.ReadAsync(
            async db => (await JobRows.FindAsync(db, id), await DatumRows.PageAsync(db, id, null, batch)),
            ct
        );
        return job is { JobState: > JobState.Running }
            ? new(
                job,
                await TreeAsync(hold, job, rows, ct),
                rows is [.., var last] ? last.Id : null,
                rows.Count < batch
            )
            : null;
    }

    /// <summary>(3) False when the job has another tree by now, or is gone.</summary>
    public static async Task<bool> RecordAsync(DbWrite db, FoldedRows folded)
    {
        var own = await db.ExecuteAsync(
            """
            UPDATE job SET datums = @root, has_rows = @hasMore WHERE id = @Id AND COALESCE(datums, @none) = @old
            """,
            new
            {
                folded.Job.Id,
                root = folded.Tree.IsEmpty ? (Sha256Hash?)null : folded.Tree.Hash,
                hasMore = !folded.IsAll,
                none = TreeRoot.Empty.Hash,
                old = folded.Job.Tree.Hash,
            }
        );
        if (own > 0 && folded.Last is { } last)
        {
            await DatumRows.DeleteUpToAsync(db, folded.Job.Id, last);
        }

        return own > 0;
    }

    /// <summary>True when there may be more.</summary>
    private async Task<bool> StepAsync(long job, CancellationToken ct)
    {
        using var hold = content.Hold();
        if (await NextAsync(hold, job, ct) is not { Job.HasRows: true } next)
        {
            return false;
        }

        // Refused where the job was deleted meanwhile: the next look tells.
        return (await hold.SealAsync(next.Tree, ct)).IsOk
            ? !await database.WriteAsync(db => RecordAsync(db, next), ct) || !next.IsAll
            : true;
    }

    private static async Task<TreeRoot> TreeAsync(
        ContentHold hold,
        JobRow job,
        IReadOnlyList<DatumRow> rows,
        CancellationToken ct
    )
    {
        // Rows of a plan that was never finished tell nothing.
        if (rows.Count == 0 || !job.Planned)
        {
            return job.Tree;
        }

        var edits = new DatumTreeEdits(hold, job.Tree);
        foreach (var row in rows)
        {
            await edits.PutAsync(row.ToRecord(), row.OutputRoot, row.FromSet == job.SetId, ct);
        }

        return await edits.FinishAsync(ct);
    }
}

/// <summary>The first rows of a job in a tree that the job does not have yet.</summary>
/// <param name="Last">The last one of them; null for none.</param>
/// <param name="IsAll">There are no others.</param>
internal sealed record FoldedRows(JobRow Job, TreeRoot Tree, Sha256Hash? Last, bool IsAll);
