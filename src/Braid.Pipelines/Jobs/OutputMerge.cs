using Braid.Metadata;
using Braid.Pipelines.Datums;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>
/// Makes a job's output of its datums' outputs. No two datums may write the same path, even with the same content: then
/// the merged tree holds fewer files than they wrote together.
/// </summary>
internal sealed class OutputMerge(Database database, ContentStore content)
{
    /// <summary>The merged tree, sealed; or which path two datums wrote.</summary>
    public async Task<Result<(TreeRoot Root, TreeStats Size)>> MergeAsync(
        ContentHold hold,
        JobRow job,
        CancellationToken ct
    )
    {
        var datums = await database.ReadAsync(db => DatumRows.OfJobAsync(db, job.Id), ct);
        var outputs = datums.Where(datum => !datum.OutputRoot.IsEmpty).ToList();
        var written = 0L;
        foreach (var datum in outputs)
        {
            written += (await content.StatsAsync(datum.OutputRoot, ct)).Files;
        }

        var merged = await hold.MergeAsync([.. outputs.Select(datum => datum.OutputRoot)], ct);
        if (!merged.TryGet(out var root, out var error))
        {
            return await FindDuplicateAsync(outputs, ct) ?? error;
        }

        var size = await content.StatsAsync(root, ct);
        if (size.Files < written && await FindDuplicateAsync(outputs, ct) is { } duplicate)
        {
            return duplicate;
        }

        return (await hold.SealAsync(root, ct)).Select(kept => (kept, size));
    }

    private async Task<Error?> FindDuplicateAsync(IReadOnlyList<DatumRow> outputs, CancellationToken ct)
    {
        var writers = new Dictionary<string, Sha256Hash>(StringComparer.Ordinal);
        foreach (var datum in outputs)
        {
            await foreach (var entry in content.WalkAsync(datum.OutputRoot, "/", null, ct))
            {
                if (entry.Kind == EntryKind.File && !writers.TryAdd(entry.Path, datum.Id))
                {
                    return Errors.DuplicateOutput(entry.Path, $"{writers[entry.Path]}", $"{datum.Id}");
                }
            }
        }

        return null;
    }
}
