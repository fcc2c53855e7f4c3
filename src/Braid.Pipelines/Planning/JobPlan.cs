using Braid.Pipelines.Datums;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Planning;

/// <summary>What a job takes over, as a tree, and the rows of what it has to run.</summary>
internal sealed record JobPlan(TreeRoot Tree, long Skipped, PlannedRows Rows);

/// <summary>
/// Makes a plan out of verdicts: begins with the previous job's tree, of which what runs, and what is gone, is taken out.
/// </summary>
internal sealed class JobPlanWriter(Past past, DatumPlanner planner, DatumTreeEdits edits, PlannedRows rows)
{
    /// <param name="before">What the previous job's tree has of the datum; null for nothing.</param>
    public async Task AddAsync(PlannedDatum datum, DatumRecord? before, CancellationToken ct)
    {
        var good = past.Base == past.Previous ? before : await KnownAsync(past.Base, datum.Id, ct);
        switch (planner.Decide(datum, past, before, good))
        {
            case Verdict.Skip skip when skip.Of == past.Previous:
                break;
            case Verdict.Skip skip:
                await edits.TakeOverAsync(skip.Of.Tree, datum.Id, ct);
                break;
            case var run:
                await RunAsync(datum, run.Reason, before is not null, ct);
                break;
        }
    }

    /// <summary>The previous job had a datum that is no more.</summary>
    public Task RemoveAsync(Sha256Hash id, CancellationToken ct) => edits.RemoveAsync(id, ct);

    private async Task RunAsync(PlannedDatum datum, string reason, bool isInTree, CancellationToken ct)
    {
        if (isInTree)
        {
            await edits.RemoveAsync(datum.Id, ct);
        }

        await rows.AddAsync(datum, reason, ct);
    }

    private static async Task<DatumRecord?> KnownAsync(PastJob? job, Sha256Hash id, CancellationToken ct) =>
        job is null ? null : await job.Tree.FindAsync(id, ct);
}
