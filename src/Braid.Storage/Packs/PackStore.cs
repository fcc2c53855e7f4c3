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

    private PackStore(IBlobStore blobs, TimeProvider clock, IdSource ids, PackStoreOptions options)
    {
        this.blobs = blobs;
        this.clock = clock;
        this.ids = ids;
        this.options = options;
        lanes = [.. Enumerable.Range(0, options.Lanes).Select(_ => new PackLane(Open, Close, options.PackLength))];
    }

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
        if (index.TryFind(hash, out _))
        {
            return hash;
        }

        foreach (var lane in lanes)
        {
            await lane.MakeRoomAsync(ct);
        }

        if (Append(hash, plain.Span) is { } filled)
        {
            await filled.SealFullAsync(ct);
        }

        return hash;
    }

    /// <summary>Returns when everything put before the call, by anybody, is durable.</summary>
    public Task FlushAsync(CancellationToken ct) => Task.WhenAll(lanes.Select(lane => lane.FlushAsync(ct)));

    /// <summary>The chunk's bytes, verified.</summary>
    /// <exception cref="CorruptionException">The chunk is missing or damaged.</exception>
    public async ValueTask<RentedBytes> ReadAsync(Sha256Hash hash, CancellationToken ct)
    {
        if (!index.TryFind(hash, out var location))
        {
            location = await FindElsewhereAsync(hash, ct);
        }

        using var payload = RentedBytes.Rent(location.Stored);
        await ReadPayloadAsync(hash, location, payload.Memory, ct);
        var plain = RentedBytes.Rent(location.Plain);
        if (!EncodedChunk.TryDecode(location.Codec, payload.Span, plain.Span) || Sha256Hash.Of(plain.Span) != hash)
        {
            plain.Dispose();
            throw new CorruptionException($"{Describe(hash, location)} is damaged: its bytes do not have that hash");
        }

        return plain;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(lanes.Select(lane => lane.CompleteAsync(CancellationToken.None)));
        }
        finally
        {
            await blobs.DisposeAsync();
        }
    }

    // The lane whose pack this filled, or null.
    private PackLane? Append(Sha256Hash hash, ReadOnlySpan<byte> plain)
    {
        using var chunk = EncodedChunk.Of(hash, plain);
        var (lane, at) = AppendToFreeLane(chunk);
        index.Add(hash, new(at.Ordinal, at.Offset, chunk.Record.Stored, chunk.Record.Plain, chunk.Record.Codec));
        return at.IsFull ? lane : null;
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

        try
        {
            var got = await blobs.ReadAsync(catalog.IdOf(location.Pack).BlobName, offset, into, ct);
            if (got != into.Length)
            {
                throw new CorruptionException($"{Describe(hash, location)} is cut after {got} of {into.Length} bytes");
            }
        }
        catch (FileNotFoundException error)
        {
            throw new CorruptionException($"{Describe(hash, location)} is lost: the pack is missing", error);
        }
    }

    private string Describe(Sha256Hash hash, ChunkLocation location) =>
        $"chunk {hash} in pack {catalog.IdOf(location.Pack)} at {location.Offset}";

    // Another process may have written it since this one looked.
    private async Task<ChunkLocation> FindElsewhereAsync(Sha256Hash hash, CancellationToken ct)
    {
        if (blobs.IsShared)
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

        return index.TryFind(hash, out var location)
            ? location
            : throw new CorruptionException($"chunk {hash} is in none of the packs");
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

        await Parallel.ForEachAsync(
            fresh,
            new ParallelOptions { MaxDegreeOfParallelism = loadsInFlight, CancellationToken = ct },
            async (pack, ct) => Learn(pack.Id, await PackLoader.LoadAsync(blobs, pack.Blob, ct))
        );
    }

    private void Learn(PackId id, IReadOnlyList<PackEntry> entries)
    {
        var ordinal = catalog.Add(id);
        foreach (var entry in entries)
        {
            index.Add(entry.Hash, new(ordinal, entry.Offset, entry.Stored, entry.Plain, entry.Codec));
        }
    }

    private PackWriter Open()
    {
        var id = new PackId(ids.Next());
        var writer = new PackWriter(id, catalog.Add(id), blobs, clock.GetUtcNow(), options.LostSync);
        catalog.Opened(writer);
        return writer;
    }

    private void Close(PackWriter writer)
    {
        catalog.Closed(writer);
        writer.Dispose();
    }
}
