namespace Braid.Storage.Packs;

/// <summary>
/// Finds a pack's chunks without its index. After damage it goes on at the next intact record, so one bad byte costs one
/// chunk; what follows the last intact record is a torn tail (or an index to be made again).
/// </summary>
/// <param name="Entries">Every intact record, by offset.</param>
/// <param name="End">Where the last intact record ends.</param>
internal sealed record PackScan(IReadOnlyList<PackEntry> Entries, long End)
{
    public static PackScan Of(ReadOnlySpan<byte> pack)
    {
        var entries = new List<PackEntry>();
        var end = 0;
        var at = PackHeader.IsAt(pack) ? PackHeader.Length : Next(pack, 0);
        while (at < pack.Length)
        {
            if (!ChunkRecord.TryRead(pack[at..], out var record))
            {
                at = Next(pack, at + 1);
                continue;
            }

            entries.Add(new(record.Hash, (uint)at, record.Stored, record.Plain, record.Codec));
            at += ChunkRecord.HeaderLength + record.Stored;
            end = at;
        }

        return new(entries, end);
    }

    private static int Next(ReadOnlySpan<byte> pack, int from)
    {
        var found = pack[from..].IndexOf(ChunkRecord.Marker);
        return found < 0 ? pack.Length : from + found;
    }
}
