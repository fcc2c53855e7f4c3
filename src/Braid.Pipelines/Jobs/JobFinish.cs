using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Egressing;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Finishes a job whose datums all ended well: 1 its rows are folded into its tree; 2 its output is made of the outputs of the
/// datums, and sent away where the spec says so; 3 the job ends with its commits.
/// </summary>
internal sealed class JobFinish(
    Database database,
    ContentStore content,
    DatumFolding folding,
    OutputMerge merge,
    JobEgress egress,
    JobEnding ending
)
{
    /// <summary>True when the job moved, or is worth another look.</summary>
    public async Task<bool> FinishAsync(long id, CancellationToken ct)
    {
        // 1
        await folding.FoldAsync(id, ct);
        // 2
        using var hold = content.Hold();
        var job = await database.ReadAsync(db => JobRows.FindAsync(db, id), ct);
        if (job is not { JobState: JobState.Finishing, HasRows: false })
        {
            return job is { JobState: JobState.Finishing };
        }

        var merged = await merge.MergeAsync(hold, job, ct);
        if (merged.Error is { Kind: ErrorKind.Conflict } gone)
        {
            throw new InvalidOperationException(gone.Message);
        }

        // 3
        var end =
            !merged.TryGet(out var made, out var error) ? JobEnd.Failure(error.Message)
            : await egress.SendAsync(job, made.Root, ct) is { } unsent ? JobEnd.Failure(unsent)
            : JobEnd.Success(made.Root, made.Size, await content.StatsAsync(job.Tree, ct));
        return await database.WriteAsync(db => ending.EndAsync(db, job, end), ct);
    }
}
