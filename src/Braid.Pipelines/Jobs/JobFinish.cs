using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Egressing;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Finishes a job whose datums all ended well: 1 its rows are folded into its tree, of many a batch at each look; 2 with the last of
/// them its output is made of the outputs of the datums, and sent away where the spec says so; 3 in one transaction they go and
/// the job ends with its commits.
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
        if (egress.IsWaiting(id))
        {
            return false;
        }

        using var hold = content.Hold();
        // 1
        if (await folding.NextAsync(hold, id, ct) is not { Job.JobState: JobState.Finishing } folded)
        {
            return false;
        }

        if (!folded.IsAll)
        {
            await SealAsync(hold, folded.Tree, TreeRoot.Empty, ct);
            await database.WriteAsync(db => DatumFolding.RecordAsync(db, folded), ct);
            return true;
        }

        // 2
        var job = folded.Job with
        {
            Datums = folded.Tree.Hash,
        };
        var merged = await merge.MergeAsync(hold, job, ct);
        await SealAsync(hold, folded.Tree, merged.IsOk ? merged.Value.Root : TreeRoot.Empty, ct);
        var sent = merged.IsOk ? await egress.SendAsync(job, merged.Value.Root, ct) : EgressOutcome.Sent;
        if (sent.Again)
        {
            return false;
        }

        var end =
            !merged.TryGet(out var made, out var error) ? JobEnd.Failure(error.Message)
            : sent.Failure is { } unsent ? JobEnd.Failure(unsent)
            : JobEnd.Success(made.Root, made.Size, await content.StatsAsync(job.Tree, ct));
        // 3
        return await database.WriteAsync(
            async db => !await DatumFolding.RecordAsync(db, folded) || await ending.EndAsync(db, job, end),
            ct
        );
    }

    /// <exception cref="InvalidOperationException">What it is made of is gone.</exception>
    private static async Task SealAsync(ContentHold hold, TreeRoot datums, TreeRoot output, CancellationToken ct)
    {
        if ((await hold.SealAsync([datums, output], ct)).Error is { } gone)
        {
            throw new InvalidOperationException(gone.Message);
        }
    }
}
