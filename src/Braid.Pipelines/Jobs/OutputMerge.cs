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
    /// <summary>The merged tree, sealed; or which path two datums wrote.</summary>
    public async Task<Result<(TreeRoot Root, TreeStats Size)>> MergeAsync(
        ContentHold hold,
        JobRow job,
        CancellationToken ct
    )
    {
        var tree = new DatumTree(content, job.Tree);
        var (last, output) = await BaseAsync(job, ct);
        // 1, 2
        var changes = await DatumChanges.FindAsync(content, last, tree, ct);
        var kept = await new OutputRemoval(hold).RemoveAsync(output, changes.Removed, ct);
        // 3
        if (
            !(await hold.MergeAsync([.. changes.Added.Select(added => added.Output)], ct)).TryGet(
                out var made,
                out var error
            )
        )
        {
            return await new OutputWriters(content, tree).CollisionAsync(changes.Added, ct) ?? error;
        }

        if ((await content.StatsAsync(made, ct)).Files < changes.Added.Sum(added => added.Files))
        {
            return await new OutputWriters(content, tree).CollisionAsync(changes.Added, ct)
                ?? throw new InvalidOperationException(
                    $"the output of job {job.Ref}@{job.SetId} lacks files of its datums"
                );
        }

        // 4
        var overlay = new OutputOverlay(hold);
        var root = await overlay.LayOverAsync(kept, made, ct);
        if (overlay.Collision is { } path)
        {
            return await new OutputWriters(content, tree).CollisionAsync(path, ct);
        }

        var size = await content.StatsAsync(root, ct);
        return (await hold.SealAsync(root, ct)).Select(sealedRoot => (sealedRoot, size));
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
