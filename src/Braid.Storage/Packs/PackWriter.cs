using System.Buffers;
using Braid.Storage.Blobs;

namespace Braid.Storage.Packs;

/// <summary>
/// A pack being written. On a store that appends, small records wait in memory for at most <see cref="drainAt"/>, and a
/// large one is written from where it is; on one that takes whole objects, all wait until the pack is sealed. Its chunks can
/// be read all the time.
/// </summary>
internal sealed class PackWriter : IDisposable
{
    private const int drainAt = 256 * 1024;
    private const int large = 64 * 1024;

    private readonly Lock gate = new();
    private readonly IBlobStore blobs;
    private readonly IBlobAppender? appender;
    private readonly Action<Exception> lostSync;
    private readonly List<PackEntry> entries = [];
    private byte[] waiting = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int waitingLength;
    private long waitingAt;
    private bool isIndexed;

    public PackWriter(PackId id, int ordinal, IBlobStore blobs, DateTimeOffset created, Action<Exception> lostSync)
    {
        Id = id;
        Ordinal = ordinal;
        this.blobs = blobs;
        this.lostSync = lostSync;
        appender = blobs.OpenAppend(id.BlobName, 0);
        PackHeader.Write(Reserve(PackHeader.Length), id, created);
    }

    public PackId Id { get; }

    /// <summary>Its place in the catalog.</summary>
    public int Ordinal { get; }

    /// <summary>Whether a sync leaves the pack open; otherwise only sealing makes it durable.</summary>
    public bool CanSync => appender is not null;

    public long Length
    {
        get
        {
            lock (gate)
            {
                return waitingAt + waitingLength;
            }
        }
    }

    /// <summary>Chunks in it.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>Appends a record and returns the offset of its header.</summary>
    public uint Append(in ChunkRecord record, ReadOnlySpan<byte> payload)
    {
        lock (gate)
        {
            if (CanSync && waitingLength > drainAt)
            {
                Drain();
            }

            var offset = (uint)(waitingAt + waitingLength);
            if (CanSync && payload.Length >= large)
            {
                WriteThrough(record, payload);
            }
            else
            {
                Keep(record, payload);
            }

            entries.Add(new(record.Hash, offset, record.Stored, record.Plain, record.Codec));
            return offset;
        }
    }

    /// <summary>Copies bytes that still wait in memory; false when they are in the store.</summary>
    public bool TryRead(long offset, Span<byte> into)
    {
        lock (gate)
        {
            if (offset < waitingAt)
            {
                return false;
            }

            waiting.AsSpan((int)(offset - waitingAt), into.Length).CopyTo(into);
            return true;
        }
    }

    /// <summary>Makes everything appended so far durable; only when <see cref="CanSync"/>.</summary>
    public void Sync()
    {
        lock (gate)
        {
            Drain();
        }

        try
        {
            appender?.Sync();
        }
        catch (Exception error)
        {
            lostSync(error);
            throw;
        }
    }

    /// <summary>Adds the index and makes the whole pack durable; after a failure it can be repeated.</summary>
    public async Task SealAsync(CancellationToken ct)
    {
        AddIndexOnce();
        if (appender is not null)
        {
            await Task.Run(Sync, ct);
            return;
        }

        await blobs.PutAsync(Id.BlobName, waiting.AsMemory(0, waitingLength), ct);
        lock (gate)
        {
            Release();
        }
    }

    public void Dispose()
    {
        appender?.Dispose();
        lock (gate)
        {
            Release();
        }
    }

    private void Keep(in ChunkRecord record, ReadOnlySpan<byte> payload)
    {
        var to = Reserve(ChunkRecord.HeaderLength + payload.Length);
        record.WriteHeader(to);
        payload.CopyTo(to[ChunkRecord.HeaderLength..]);
    }

    // What waits, the header, and the payload without a copy of it; all of them or none.
    private void WriteThrough(in ChunkRecord record, ReadOnlySpan<byte> payload)
    {
        var before = waitingLength;
        record.WriteHeader(Reserve(ChunkRecord.HeaderLength));
        try
        {
            appender?.Append(waiting.AsSpan(0, waitingLength), payload);
        }
        catch
        {
            waitingLength = before;
            throw;
        }

        waitingAt += waitingLength + payload.Length;
        waitingLength = 0;
    }

    private void AddIndexOnce()
    {
        lock (gate)
        {
            if (!isIndexed)
            {
                var index = PackIndex.Encode(entries, waitingAt + waitingLength);
                index.CopyTo(Reserve(index.Length));
                isIndexed = true;
            }
        }
    }

    private void Drain()
    {
        appender?.Append(waiting.AsSpan(0, waitingLength));
        waitingAt += waitingLength;
        waitingLength = 0;
    }

    private void Release()
    {
        waitingAt += waitingLength;
        waitingLength = 0;
        Exchange([]);
    }

    private void Exchange(byte[] next)
    {
        if (waiting.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(waiting);
        }

        waiting = next;
    }

    private Span<byte> Reserve(int length)
    {
        var needed = waitingLength + length;
        if (needed > waiting.Length)
        {
            var longer = ArrayPool<byte>.Shared.Rent(Math.Max(needed, waiting.Length * 2));
            waiting.AsSpan(0, waitingLength).CopyTo(longer);
            Exchange(longer);
        }

        var reserved = waiting.AsSpan(waitingLength, length);
        waitingLength = needed;
        return reserved;
    }
}
