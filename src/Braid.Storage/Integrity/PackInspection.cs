using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Packs;

namespace Braid.Storage.Integrity;

/// <summary>What every byte of a pack says.</summary>
/// <param name="Good">The records whose chunk has its hash, by offset.</param>
/// <param name="Damages">In the order of their offsets.</param>
internal sealed record PackFindings(IReadOnlyDictionary<uint, PackEntry> Good, IReadOnlyList<ChunkDamage> Damages);

/// <summary>
/// Reads a sealed pack whole: 1 its header; 2 its index; 3 every record, with both checksums and the chunk's hash, going on
/// after damage where the index or the next marker says; 4 whether index and records name the same.
/// </summary>
internal sealed class PackInspection
{
    private readonly PackBytes bytes;
    private readonly PackEntry[]? index;
    private readonly Dictionary<uint, PackEntry> named;
    private readonly Dictionary<uint, PackEntry> good = [];
    private readonly List<ChunkDamage> damages = [];

    private PackInspection(PackBytes bytes, PackEntry[]? index)
    {
        this.bytes = bytes;
        this.index = index;
        named = (index ?? []).ToDictionary(entry => entry.Offset);
    }

    public static async Task<PackFindings> RunAsync(IBlobStore blobs, BlobEntry pack, CancellationToken ct)
    {
        var index = await PackLoader.TryReadIndexAsync(blobs, pack, ct);
        using var bytes = new PackBytes(blobs, pack);
        var inspection = new PackInspection(bytes, index);
        // 1
        var header = await bytes.AtAsync(0, PackHeader.Length, ct);
        if (!PackHeader.IsAt(header.Span))
        {
            inspection.damages.Add(new(0, null, "the pack's header is damaged"));
        }

        // 2
        if (index is null)
        {
            inspection.damages.Add(new(pack.Length, null, "the pack's index is missing or damaged"));
        }

        // 3
        var indexLength = index is null ? 0 : PackIndex.Length(index.Length);
        await inspection.ReadRecordsAsync(pack.Length - indexLength, ct);
        // 4
        inspection.CompareIndex();
        return new(inspection.good, inspection.damages);
    }

    private async Task ReadRecordsAsync(long end, CancellationToken ct)
    {
        for (long at = PackHeader.Length; at < end; )
        {
            at = await ReadRecordAsync(at, end, ct);
        }
    }

    // Where the next record starts.
    private async Task<long> ReadRecordAsync(long at, long end, CancellationToken ct)
    {
        var header = await bytes.AtAsync(at, ChunkRecord.HeaderLength, ct);
        if (!ChunkRecord.TryReadHeader(header.Span, out var record))
        {
            damages.Add(new(at, HashAt(at), "the header of a record is damaged"));
            return await NextAsync(at, end, ct);
        }

        var whole = await bytes.AtAsync(at, ChunkRecord.HeaderLength + record.Stored, ct);
        if (WhatIsWrong(record, whole.Span) is { } why)
        {
            damages.Add(new(at, record.Hash, why));
        }
        else
        {
            good[(uint)at] = new(record.Hash, (uint)at, record.Stored, record.Plain, record.Codec);
        }

        return at + ChunkRecord.HeaderLength + record.Stored;
    }

    private static string? WhatIsWrong(in ChunkRecord record, ReadOnlySpan<byte> whole)
    {
        if (!ChunkRecord.TryRead(whole, out _))
        {
            return "the payload does not have its checksum";
        }

        using var plain = RentedBytes.Rent(record.Plain);
        return
            EncodedChunk.TryDecode(record.Codec, whole[ChunkRecord.HeaderLength..], plain.Span)
            && Sha256Hash.Of(plain.Span) == record.Hash
            ? null
            : "the bytes do not have the chunk's hash";
    }

    private Sha256Hash? HashAt(long offset) => named.TryGetValue((uint)offset, out var entry) ? entry.Hash : null;

    private async ValueTask<long> NextAsync(long after, long end, CancellationToken ct)
    {
        var byIndex = named
            .Keys.Where(offset => offset > after)
            .Select(offset => (long)offset)
            .DefaultIfEmpty(end)
            .Min();
        return index is null ? await bytes.NextMarkerAsync(after + 1, end, ct) : byIndex;
    }

    private void CompareIndex()
    {
        if (index is null)
        {
            return;
        }

        var known = damages.Select(damage => damage.Offset).ToHashSet();
        foreach (var entry in index)
        {
            if (!known.Contains(entry.Offset) && (!good.TryGetValue(entry.Offset, out var found) || found != entry))
            {
                damages.Add(new(entry.Offset, entry.Hash, "the index names a chunk that is not there"));
            }
        }

        foreach (var entry in good.Values.Where(entry => !named.ContainsKey(entry.Offset)))
        {
            damages.Add(new(entry.Offset, null, "the index lacks a chunk that is there"));
        }
    }
}
