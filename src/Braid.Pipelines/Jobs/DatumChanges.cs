using System.Runtime.CompilerServices;
using Braid.Pipelines.Datums.Trees;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>What one datum wrote in two jobs; null where it was not there, or wrote nothing.</summary>
internal readonly record struct DatumChange(Sha256Hash Datum, TreeEntry? Before, TreeEntry? After);

/// <summary>What the datums of one job wrote otherwise than those of another; found anew each time, kept nowhere.</summary>
internal sealed class DatumChanges(ContentStore content, DatumTree old, DatumTree now)
{
    public IAsyncEnumerable<DatumChange> FindAsync(CancellationToken ct) =>
        old.Root.IsEmpty ? AllAsync(ct) : DifferenceAsync(ct);

    private async IAsyncEnumerable<DatumChange> AllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (id, output) in now.OutputsAsync(ct))
        {
            yield return new(id, null, output);
        }
    }

    /// <summary>Found by the records: each is one difference, however much the datum wrote.</summary>
    private async IAsyncEnumerable<DatumChange> DifferenceAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var record in content.DiffAsync(old.Root, now.Root, DatumTree.Records, ct))
        {
            if (record is { Kind: EntryKind.File, New: var after, Old: var before })
            {
                var id = DatumTree.IdOf((after ?? before)!); // a change is of something
                var change = new DatumChange(id, await OutputAsync(old, before), await OutputAsync(now, after));
                if (change is not { Before: { } wrote, After: { } writes } || !wrote.HasContentOf(writes))
                {
                    yield return change;
                }
            }
        }

        async Task<TreeEntry?> OutputAsync(DatumTree tree, TreeEntry? record) =>
            record is null ? null : await tree.OutputAsync(DatumTree.IdOf(record), ct);
    }
}
