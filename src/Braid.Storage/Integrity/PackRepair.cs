using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Packs;

namespace Braid.Storage.Integrity;

/// <summary>
/// Takes a damaged pack out of use: 1 what is damaged and has a good copy somewhere is read from there; 2 what is good
/// is appended anew, and read from there once that is durable; 3 what has no good copy is forgotten, so that the same bytes,
/// put again, are stored; 4 the pack is kept under another name, out of everybody's sight. After a crash at any point
/// every good chunk has a copy, and the next scrub does it again.
/// </summary>
internal sealed class PackRepair(PackStore chunks, PackId pack, BlobEntry blob, int ordinal, PackFindings findings)
{
    /// <summary>The damages, each with what became of it.</summary>
    public async Task<IReadOnlyList<ChunkDamage>> RunAsync(CancellationToken ct)
    {
        var here = ReadFromHere();
        // 1
        var bad = here.Where(chunk => !IsGood(chunk.Key, chunk.Value)).ToDictionary();
        var repaired = await FindCopiesAsync(bad, ct);
        // 2
        await CopyAsync(here.Where(chunk => IsGood(chunk.Key, chunk.Value)), ct);
        // 3
        foreach (var (hash, at) in bad.Where(chunk => !repaired.Contains(chunk.Key)))
        {
            chunks.Index.Remove(hash, at);
        }

        // 4
        await chunks.Blobs.MoveAsync(blob, Quarantine.NameOf(pack), ct);
        chunks.Catalog.Remove(ordinal);
        var unnamed = bad.Keys.Except(findings.Damages.Select(damage => damage.Chunk.GetValueOrDefault()));
        return
        [
            .. findings.Damages.Select(damage => damage with { Fate = FateOf(damage.Chunk, bad, repaired) }),
            .. unnamed.Select(hash => new ChunkDamage(bad[hash].Offset, hash, "the record is gone")
            {
                Fate = FateOf(hash, bad, repaired),
            }),
        ];
    }

    private static ChunkFate FateOf(
        Sha256Hash? hash,
        Dictionary<Sha256Hash, ChunkLocation> bad,
        HashSet<Sha256Hash> repaired
    ) =>
        hash is not { } chunk || !bad.ContainsKey(chunk) ? ChunkFate.Unneeded
        : repaired.Contains(chunk) ? ChunkFate.Repaired
        : ChunkFate.Lost;

    private bool IsGood(Sha256Hash hash, ChunkLocation at) =>
        findings.Good.TryGetValue(at.Offset, out var entry) && entry.Hash == hash;

    // The chunks that readers find in this pack.
    private Dictionary<Sha256Hash, ChunkLocation> ReadFromHere()
    {
        var here = new Dictionary<Sha256Hash, ChunkLocation>();
        for (var number = 0L; number < chunks.Index.OrdinalEnd; number++)
        {
            if (chunks.Index.TryRead(number, out var hash, out var at, out _) && at.Pack == ordinal)
            {
                here[hash] = at;
            }
        }

        return here;
    }

    private async Task<HashSet<Sha256Hash>> FindCopiesAsync(
        Dictionary<Sha256Hash, ChunkLocation> bad,
        CancellationToken ct
    )
    {
        var found = await SalvageAsync(bad, ct);
        await foreach (var other in chunks.Blobs.ListAsync(PackId.Prefix, ct))
        {
            if (found.Count == bad.Count)
            {
                break;
            }

            if (PackId.TryParse(other.Name, out var id) && id != pack && chunks.Catalog.IsSealedOrNew(id))
            {
                await LookIntoAsync(id, other, bad, found, ct);
            }
        }

        return found;
    }

    // A record whose header is damaged may have a payload that is not; and a chunk may be twice in this pack.
    private async Task<HashSet<Sha256Hash>> SalvageAsync(
        Dictionary<Sha256Hash, ChunkLocation> bad,
        CancellationToken ct
    )
    {
        var twice = findings.Good.Values.Where(entry => bad.ContainsKey(entry.Hash)).ToLookup(entry => entry.Hash);
        var moved = new List<(Sha256Hash Hash, ChunkLocation To)>();
        foreach (var (hash, at) in bad)
        {
            if (twice[hash].Any())
            {
                moved.Add((hash, await AppendAsync(twice[hash].First(), ct)));
            }
            else if (await AppendPayloadAsync(hash, at, ct) is { } to)
            {
                moved.Add((hash, to));
            }
        }

        await chunks.FlushAsync(ct);
        moved.ForEach(chunk => Repoint(chunk.Hash, bad[chunk.Hash], chunk.To));
        return [.. moved.Select(chunk => chunk.Hash)];
    }

    private async Task<ChunkLocation?> AppendPayloadAsync(Sha256Hash hash, ChunkLocation at, CancellationToken ct)
    {
        using var payload = RentedBytes.Rent(at.Stored);
        var offset = at.Offset + (long)ChunkRecord.HeaderLength;
        var got = await chunks.Blobs.ReadAsync(pack.BlobName, offset, payload.Memory, ct);
        if (got < at.Stored || !IsChunk(hash, at.Codec, at.Plain, payload.Span))
        {
            return null;
        }

        var record = new ChunkRecord(hash, at.Codec, at.Stored, at.Plain, Crc32C.Of(payload.Span));
        return await chunks.AppendCopyAsync(record, payload.Memory, ct);
    }

    private async Task LookIntoAsync(
        PackId id,
        BlobEntry other,
        Dictionary<Sha256Hash, ChunkLocation> bad,
        HashSet<Sha256Hash> found,
        CancellationToken ct
    )
    {
        var entries = await PackLoader.TryReadIndexAsync(chunks.Blobs, other, ct) ?? [];
        foreach (var entry in entries.Where(entry => bad.ContainsKey(entry.Hash) && !found.Contains(entry.Hash)))
        {
            using var record = await ReadAsync(other.Name, entry, ct);
            if (IsIntact(record.Span, entry.Hash))
            {
                var to = new ChunkLocation(
                    chunks.Catalog.AddOrFind(id),
                    entry.Offset,
                    entry.Stored,
                    entry.Plain,
                    entry.Codec
                );
                Repoint(entry.Hash, bad[entry.Hash], to);
                found.Add(entry.Hash);
            }
        }
    }

    private async Task CopyAsync(IEnumerable<KeyValuePair<Sha256Hash, ChunkLocation>> good, CancellationToken ct)
    {
        var copies = new List<(Sha256Hash Hash, ChunkLocation From, ChunkLocation To)>();
        foreach (var (hash, at) in good)
        {
            copies.Add((hash, at, await AppendAsync(findings.Good[at.Offset], ct)));
        }

        await chunks.FlushAsync(ct);
        foreach (var (hash, from, to) in copies)
        {
            Repoint(hash, from, to);
        }
    }

    // A chunk that a sweep has condemned is kept too: it may be pardoned.
    private void Repoint(Sha256Hash hash, ChunkLocation from, ChunkLocation to)
    {
        if (!chunks.Index.Move(hash, from, to))
        {
            chunks.Index.Add(hash, to);
        }
    }

    private async Task<ChunkLocation> AppendAsync(PackEntry entry, CancellationToken ct)
    {
        using var bytes = await ReadAsync(pack.BlobName, entry, ct);
        return IsIntact(bytes.Span, entry.Hash) && ChunkRecord.TryRead(bytes.Span, out var record)
            ? await chunks.AppendCopyAsync(record, bytes.Memory[ChunkRecord.HeaderLength..], ct)
            : throw new CorruptionException($"pack {pack} changes while it is read: its disk is failing");
    }

    private async Task<RentedBytes> ReadAsync(string name, PackEntry entry, CancellationToken ct)
    {
        var bytes = RentedBytes.Rent(ChunkRecord.HeaderLength + entry.Stored);
        await chunks.Blobs.ReadAsync(name, entry.Offset, bytes.Memory, ct);
        return bytes;
    }

    private static bool IsIntact(ReadOnlySpan<byte> bytes, Sha256Hash hash) =>
        ChunkRecord.TryRead(bytes, out var record)
        && record.Hash == hash
        && IsChunk(hash, record.Codec, record.Plain, bytes[ChunkRecord.HeaderLength..]);

    private static bool IsChunk(Sha256Hash hash, ChunkCodec codec, int length, ReadOnlySpan<byte> payload)
    {
        using var plain = RentedBytes.Rent(length);
        return EncodedChunk.TryDecode(codec, payload, plain.Span) && Sha256Hash.Of(plain.Span) == hash;
    }
}
