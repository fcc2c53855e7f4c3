using Braid.Data.History;
using Braid.Metadata;
using Braid.Pipelines.Datums.Trees;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Makes a job's output, at the cost of what changed: 1 its tree of datums is compared with that of the last job that succeeded;
/// 2 what datums wrote that changed or went is taken out of that job's output; 3 what changed and new ones wrote is put
/// together; 4 and laid over. No two datums may write the same path, even with the same content.
/// </summary>
internal sealed class OutputMerge(Database database, ContentStore content, Commits commits, JobAncestors ancestors)
{
    /// <summary>The merged tree, not sealed yet; or which path two datums wrote.</summary>
    public async Task<Result<(TreeRoot Root, TreeStats Size)>> MergeAsync(
        ContentHold hold,
        JobRow job,
        CancellationToken ct
    )
    {
        var tree = new DatumTree(content, job.Tree);
        var (last, output) = await BaseAsync(job, ct);
        var changes = new DatumChanges(content, last, tree);
        var removal = new OutputRemoval(hold, output);
        var union = new OutputUnion(hold);
        // 1
        await foreach (var (_, before, after) in changes.FindAsync(ct))
        {
            // 2
            await (before is null ? Task.CompletedTask : removal.RemoveAsync(before, ct));
            // 3
            await (after is null ? Task.CompletedTask : union.AddAsync(after, ct));
        }

        var kept = await removal.FinishAsync(ct);
        var made = await union.FinishAsync(ct);
        if (union.Collides)
        {
            return await new OutputWriters(content, tree).CollisionAsync(changes, ct);
        }

        // 4
        var overlay = new OutputOverlay(hold);
        var root = await overlay.LayOverAsync(kept, made, ct);
        return overlay.Collision is { } path
            ? await new OutputWriters(content, tree).CollisionAsync(path, ct)
            : (root, await content.StatsAsync(root, ct));
    }

    /// <summary>The last job that succeeded and what it made; nothing, where that is not there any more.</summary>
    private async Task<(DatumTree Tree, TreeRoot Output)> BaseAsync(JobRow job, CancellationToken ct)
    {
        var (_, last) = await ancestors.FindAsync(job, ct);
        var output = last is null ? null : await database.ReadAsync(db => commits.FindAsync(db, last.Output), ct);
        return last is not null && output is { IsFinished: true, HasFailed: false, IsForgotten: false }
            ? (new(content, last.Tree), output.Root)
            : (new(content, TreeRoot.Empty), TreeRoot.Empty);
    }
}
