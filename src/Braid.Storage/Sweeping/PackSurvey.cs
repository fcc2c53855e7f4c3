using Braid.Storage.Blobs;
using Braid.Storage.Packs;

namespace Braid.Storage.Sweeping;

/// <summary>A pack, and how much of it is worth keeping.</summary>
/// <param name="Ordinal">Its place in the catalog.</param>
/// <param name="Length">Bytes of the object.</param>
/// <param name="Live">Bytes that a pack of its live chunks alone would have; 0 when there are none.</param>
internal readonly record struct PackShare(PackId Id, int Ordinal, long Length, long Live)
{
    public long Dead => Math.Max(0, Length - Live);

    public BlobEntry Blob => new(Id.BlobName, Length);
}

/// <summary>Adds up what is live in each pack.</summary>
internal static class PackSurvey
{
    /// <summary>The packs of the store, most dead bytes first.</summary>
    /// <param name="isLive">Told a chunk's ordinal, and whether it is condemned.</param>
    public static async Task<IReadOnlyList<PackShare>> TakeAsync(
        PackStore chunks,
        Func<long, bool, bool> isLive,
        CancellationToken ct
    )
    {
        var live = LivePerPack(chunks, isLive);
        var packs = new List<PackShare>();
        var writers = chunks.Catalog.Writers();
        var ordinals = chunks.Catalog.Sealed().ToDictionary(pack => pack.Id, pack => pack.Ordinal);
        foreach (var pack in writers)
        {
            ordinals.Remove(pack.Id);
            packs.Add(new(pack.Id, pack.Ordinal, pack.Length, live.GetValueOrDefault(pack.Ordinal)));
        }

        await foreach (var blob in chunks.Blobs.ListAsync(PackId.Prefix, ct))
        {
            if (PackId.TryParse(blob.Name, out var id) && ordinals.Remove(id, out var ordinal))
            {
                packs.Add(new(id, ordinal, blob.Length, live.GetValueOrDefault(ordinal)));
            }
        }

        packs.Sort((left, right) => right.Dead.CompareTo(left.Dead));
        return packs;
    }

    private static Dictionary<int, long> LivePerPack(PackStore chunks, Func<long, bool, bool> isLive)
    {
        var live = new Dictionary<int, long>();
        for (var ordinal = 0L; ordinal < chunks.Index.OrdinalEnd; ordinal++)
        {
            if (chunks.Index.TryRead(ordinal, out _, out var at, out var condemned) && isLive(ordinal, condemned))
            {
                var before = live.GetValueOrDefault(at.Pack, PackHeader.Length + PackIndex.EmptyLength);
                live[at.Pack] = before + at.Length + PackIndex.EntryLength;
            }
        }

        return live;
    }
}
