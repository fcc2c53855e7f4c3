using Braid.Primitives;
using Braid.Storage.Blobs;

namespace Braid.Storage.Packs;

/// <summary>
/// Chunks by hash, kept in packs.
/// 1. Put: hash; known already? else encode and append to a lane that is free.
/// 2. Flush: every lane syncs what it has (a folder) or seals and uploads its pack (S3).
/// 3. Read: find the location, read the payload, decode, and compare the hash.
/// </summary>
internal sealed class PackStore : IAsyncDisposable
{
    private const int loadsInFlight = 16;

    private readonly IBlobStore blobs;
    private readonly TimeProvider clock;
    private readonly IdSource ids;
    private readonly PackCatalog catalog = new();
    private readonly ChunkIndex index = new();
    private readonly SemaphoreSlim refreshing = new(1, 1);
    private readonly PackStoreOptions options;
    private readonly PackLane[] lanes;
    private HashSet<Sha256Hash> condemned = [];

    private PackStore(IBlobStore blobs, TimeProvider clock, IdSource ids, PackStoreOptions options)
    {
        this.blobs = blobs;
        this.clock = clock;
        this.ids = ids;
        this.options = options;
        lanes = [.. Enumerable.Range(0, options.Lanes).Select(_ => new PackLane(Open, Close, options))];
    }

    /// <summary>Where chunks are; for who frees, moves and repairs.</summary>
    public ChunkIndex Index => index;

    public PackCatalog Catalog => catalog;

    public IBlobStore Blobs => blobs;

    public TimeProvider Clock => clock;

    /// <summary>Held by who moves or removes packs that are sealed, so that no two do it at a time.</summary>
    public SemaphoreSlim Rearranging { get; } = new(1, 1);

    /// <summary>Chunks known, for figures and tests.</summary>
    public long ChunkCount => index.Count;

    /// <summary>Reads that are worth having in flight for one stream.</summary>
    public int ReadAhead => blobs.ReadAhead;

    /// <summary>Opens the store and owns <paramref name="blobs"/> from then on.</summary>
    public static async Task<PackStore> OpenAsync(
        IBlobStore blobs,
        TimeProvider clock,
        IdSource ids,
        PackStoreOptions options,
        CancellationToken ct
    )
    {
        var store = new PackStore(blobs, clock, ids, options);
        try
        {
            await store.LoadNewPacksAsync(ct);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stores a chunk unless it is there; it can be read at once and is durable after the next flush.</summary>
    public async ValueTask<Sha256Hash> PutAsync(ReadOnlyMemory<byte> plain, CancellationToken ct)
    {
        var hash = Sha256Hash.Of(plain.Span);
        if (index.IsKept(hash))
        {
            return hash;
        }

        foreach (var lane in lanes)
        {
            await lane.MakeRoomAsync(ct);
        }

        var (appendedTo, at) = Append(hash, plain.Span);
        if (at.IsFull)
        {
            await appendedTo.FilledAsync(at, ct);
        }

        return hash;
    }

    /// <summary>Returns when everything put before the call, by anybody, is durable.</summary>
    public Task FlushAsync(CancellationToken ct) => Task.WhenAll(lanes.Select(lane => lane.FlushAsync(ct)));

    /// <summary>Seals the packs asked for that are open, so that nothing is appended to them.</summary>
    public Task SealAsync(Func<PackId, bool> asked, CancellationToken ct) =>
        Task.WhenAll(lanes.Select(lane => lane.SealAsync(pack => asked(pack.Id), ct)));

    /// <summary>On a shared store, learns the packs that others have written.</summary>
    public async Task LearnNewPacksAsync(CancellationToken ct)
    {
        await refreshing.WaitAsync(ct);
        try
        {
            await LoadNewPacksAsync(ct);
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>Appends a record that is encoded already, wherever there is room; durable after the next flush.</summary>
    public async ValueTask<ChunkLocation> AppendCopyAsync(
        ChunkRecord record,
        ReadOnlyMemory<byte> payload,
        CancellationToken ct
    )
    {
        await lanes[0].MakeRoomAsync(ct);
        lanes[0].TryAppend(record, payload.Span, wait: true, out var at);
        if (at.IsFull)
        {
            await lanes[0].FilledAsync(at, ct);
        }

        return new(at.Ordinal, at.Offset, record.Stored, record.Plain, record.Codec);
    }

    /// <summary>The chunk's bytes, verified.</summary>
    /// <exception cref="CorruptionException">The chunk is missing or damaged.</exception>
    public async ValueTask<RentedBytes> ReadAsync(Sha256Hash hash, CancellationToken ct)
    {
        var location =
            await FindAsync(hash, ct) ?? throw new CorruptionException($"chunk {hash} is in none of the packs");

        // A pack that was written anew is deleted once its chunks are found in others.
        while (true)
        {
            try
            {
                return await ReadAtAsync(hash, location, ct);
            }
            catch (FileNotFoundException error)
            {
                var moved = await FindMovedAsync(hash, location, ct);
                location =
                    moved
                    ?? throw new CorruptionException($"{Describe(hash, location)} is lost: the pack is missing", error);
            }
        }
    }

    /// <summary>Condemns chunks wherever they are, and wherever they will be found; until <see cref="PardonAll"/>.</summary>
    public void CondemnAlways(IReadOnlyList<Sha256Hash> hashes)
    {
        Volatile.Write(ref condemned, [.. condemned, .. hashes]);
        foreach (var hash in hashes)
        {
            if (index.TryFind(hash, out var at))
            {
                index.Condemn(hash, at);
            }
        }
    }

    /// <summary>Takes <see cref="CondemnAlways"/> back.</summary>
    public void PardonAll()
    {
        foreach (var hash in condemned)
        {
            index.Pardon(hash);
        }

        Volatile.Write(ref condemned, []);
    }

    /// <summary>
    /// Forgets what was in packs that are gone, and learns all others anew: a chunk may be in several, of which the index
    /// knows one.
    /// </summary>
    public async Task ForgetLostPacksAsync(CancellationToken ct)
    {
        await refreshing.WaitAsync(ct);
        try
        {
            // Before the listing: a pack that is sealed meanwhile is not lost.
            var sealedBefore = catalog.Sealed();
            var there = new Dictionary<PackId, BlobEntry>();
            await foreach (var blob in blobs.ListAsync(PackId.Prefix, ct))
            {
                if (PackId.TryParse(blob.Name, out var id))
                {
                    there[id] = blob;
                }
            }

            var lost = sealedBefore.Where(pack => !there.ContainsKey(pack.Id)).Select(pack => pack.Ordinal).ToHashSet();
            if (lost.Count > 0)
            {
                Forget(lost);
                await LearnAsync(
                    there.Where(pack => catalog.IsSealedOrNew(pack.Key)).Select(pack => (pack.Key, pack.Value)),
                    ct
                );
            }
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>Where the chunk is; null when no pack has it.</summary>
    public async ValueTask<ChunkLocation?> FindAsync(Sha256Hash hash, CancellationToken ct)
    {
        if (!index.TryFind(hash, out var location) && blobs.IsShared)
        {
            await LookElsewhereAsync(hash, ct);
        }

        return index.TryFind(hash, out location) ? location : null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(lanes.Select(lane => lane.SealAsync(_ => true, CancellationToken.None)));
        }
        finally
        {
            await blobs.DisposeAsync();
        }
    }

    private (PackLane Lane, PackLane.Appended At) Append(Sha256Hash hash, ReadOnlySpan<byte> plain)
    {
        using var chunk = EncodedChunk.Of(hash, plain);
        var (lane, at) = AppendToFreeLane(chunk);
        index.Add(hash, new(at.Ordinal, at.Offset, chunk.Record.Stored, chunk.Record.Plain, chunk.Record.Codec));
        return (lane, at);
    }

    // One writer alone fills one pack after the other; further lanes are used only while those before are busy.
    private (PackLane Lane, PackLane.Appended At) AppendToFreeLane(in EncodedChunk chunk)
    {
        foreach (var lane in lanes)
        {
            if (lane.TryAppend(chunk.Record, chunk.Payload, wait: false, out var at))
            {
                return (lane, at);
            }
        }

        lanes[0].TryAppend(chunk.Record, chunk.Payload, wait: true, out var last);
        return (lanes[0], last);
    }

    private async ValueTask<RentedBytes> ReadAtAsync(Sha256Hash hash, ChunkLocation location, CancellationToken ct)
    {
        var plain = RentedBytes.Rent(location.Plain);
        try
        {
            if (await TryReadAsync(hash, location, plain, ct) && Sha256Hash.Of(plain.Span) == hash)
            {
                return plain;
            }
        }
        catch
        {
            plain.Dispose();
            throw;
        }

        plain.Dispose();
        throw new CorruptionException($"{Describe(hash, location)} is damaged: its bytes do not have that hash");
    }

    // What is stored as it is goes straight to where it is wanted.
    private async ValueTask<bool> TryReadAsync(
        Sha256Hash hash,
        ChunkLocation location,
        RentedBytes plain,
        CancellationToken ct
    )
    {
        if (location.Codec == ChunkCodec.Raw && location.Stored == location.Plain)
        {
            await ReadPayloadAsync(hash, location, plain.Memory, ct);
            return true;
        }

        using var payload = RentedBytes.Rent(location.Stored);
        await ReadPayloadAsync(hash, location, payload.Memory, ct);
        return EncodedChunk.TryDecode(location.Codec, payload.Span, plain.Span);
    }

    private async ValueTask ReadPayloadAsync(
        Sha256Hash hash,
        ChunkLocation location,
        Memory<byte> into,
        CancellationToken ct
    )
    {
        var offset = location.Offset + (long)ChunkRecord.HeaderLength;
        if (catalog.WriterOf(location.Pack) is { } writer && writer.TryRead(offset, into.Span))
        {
            return;
        }

        var got = await blobs.ReadAsync(catalog.IdOf(location.Pack).BlobName, offset, into, ct);
        if (got != into.Length)
        {
            throw new CorruptionException($"{Describe(hash, location)} is cut after {got} of {into.Length} bytes");
        }
    }

    private string Describe(Sha256Hash hash, ChunkLocation location) =>
        $"chunk {hash} in pack {catalog.IdOf(location.Pack)} at {location.Offset}";

    // Another process may have written it since this one looked.
    private async Task LookElsewhereAsync(Sha256Hash hash, CancellationToken ct)
    {
        await refreshing.WaitAsync(ct);
        try
        {
            if (!index.TryFind(hash, out _))
            {
                await LoadNewPacksAsync(ct);
            }
        }
        finally
        {
            refreshing.Release();
        }
    }

    // Where the chunk is by now; null when it is nowhere else.
    private async ValueTask<ChunkLocation?> FindMovedAsync(Sha256Hash hash, ChunkLocation old, CancellationToken ct)
    {
        if (index.TryFind(hash, out var now) && now != old)
        {
            return now;
        }

        if (!blobs.IsShared)
        {
            return null;
        }

        await ForgetLostPacksAsync(ct);
        return index.TryFind(hash, out now) && now != old ? now : null;
    }

    private async Task LoadNewPacksAsync(CancellationToken ct)
    {
        var fresh = new List<(PackId Id, BlobEntry Blob)>();
        await foreach (var blob in blobs.ListAsync(PackId.Prefix, ct))
        {
            if (PackId.TryParse(blob.Name, out var id) && !catalog.Contains(id))
            {
                fresh.Add((id, blob));
            }
        }

        await LearnAsync(fresh, ct);
    }

    private Task LearnAsync(IEnumerable<(PackId Id, BlobEntry Blob)> packs, CancellationToken ct) =>
        Parallel.ForEachAsync(
            packs,
            new ParallelOptions { MaxDegreeOfParallelism = loadsInFlight, CancellationToken = ct },
            async (pack, ct) => Learn(pack.Id, await PackLoader.LoadAsync(blobs, pack.Blob, ct))
        );

    private void Learn(PackId id, IReadOnlyList<PackEntry> entries)
    {
        var ordinal = catalog.AddOrFind(id);
        foreach (var entry in entries)
        {
            var at = new ChunkLocation(ordinal, entry.Offset, entry.Stored, entry.Plain, entry.Codec);
            index.Add(entry.Hash, at);
            if (condemned.Count > 0 && condemned.Contains(entry.Hash))
            {
                index.Condemn(entry.Hash, at);
            }
        }
    }

    private void Forget(HashSet<int> packs)
    {
        for (var ordinal = 0L; ordinal < index.OrdinalEnd; ordinal++)
        {
            if (index.TryRead(ordinal, out var hash, out var at, out _) && packs.Contains(at.Pack))
            {
                index.Remove(hash, at);
            }
        }

        foreach (var pack in packs)
        {
            catalog.Remove(pack);
        }
    }

    private PackWriter Open()
    {
        var id = new PackId(ids.Next());
        return catalog.Open(id, ordinal => new PackWriter(id, ordinal, blobs, clock.GetUtcNow(), options.LostSync));
    }

    private void Close(PackWriter writer)
    {
        catalog.Closed(writer);
        writer.Dispose();
    }
}
