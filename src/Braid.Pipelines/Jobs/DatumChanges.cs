using Braid.Pipelines.Datums.Trees;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>What the datums of one job wrote otherwise than those of another.</summary>
/// <param name="Removed">Outputs of datums that changed or went.</param>
/// <param name="Added">Outputs of datums that changed or came.</param>
internal sealed record DatumChanges(IReadOnlyList<TreeRoot> Removed, IReadOnlyList<DatumOutput> Added)
{
    public static async Task<DatumChanges> FindAsync(
        ContentStore content,
        DatumTree old,
        DatumTree now,
        CancellationToken ct
    )
    {
        var removed = new List<TreeRoot>();
        var added = new List<DatumOutput>();
        if (old.Root.IsEmpty)
        {
            await foreach (var (id, output) in now.OutputsAsync(ct))
            {
                added.Add(DatumOutput.Of(id, output));
            }

            return new(removed, added);
        }

        await foreach (var change in content.DiffAsync(old.Root, now.Root, DatumTree.Records, ct))
        {
            if (change.Kind != EntryKind.File)
            {
                continue;
            }

            var id = DatumTree.IdOf((change.New ?? change.Old)!); // a change is of something
            if (change.Old is not null && await old.OutputAsync(id, ct) is { } before)
            {
                removed.Add(new(before.ContentHash));
            }

            if (change.New is not null && await now.OutputAsync(id, ct) is { } after)
            {
                added.Add(DatumOutput.Of(id, after));
            }
        }

        return new(removed, added);
    }
}

/// <summary>What one datum wrote.</summary>
internal readonly record struct DatumOutput(Sha256Hash Datum, TreeRoot Output, long Files)
{
    public static DatumOutput Of(Sha256Hash id, TreeEntry output) => new(id, new(output.ContentHash), output.Files);
}
