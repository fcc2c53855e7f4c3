using System.Buffers;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Packs;

namespace Braid.Storage.Integrity;

/// <summary>A pack, read front to back through a buffer of a few MiB.</summary>
internal sealed class PackBytes(IBlobStore blobs, BlobEntry pack) : IDisposable
{
    private const int step = 4 * 1024 * 1024;
    private const int piece = 4096;
    private const int overlap = 3;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(step);
    private long start;
    private int count;

    public long Length => pack.Length;

    /// <summary>The bytes at an offset: as many as are wanted, fewer at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AtAsync(long offset, int wanted, CancellationToken ct)
    {
        wanted = (int)Math.Clamp(pack.Length - offset, 0, wanted);
        if (offset < start || offset + wanted > start + count)
        {
            await FillAsync(offset, wanted, ct);
        }

        return buffer.AsMemory((int)(offset - start), Math.Min(wanted, (int)(start + count - offset)));
    }

    /// <summary>Where the next record may start, at or after an offset; the end when none does.</summary>
    public async ValueTask<long> NextMarkerAsync(long from, long end, CancellationToken ct)
    {
        for (var at = from; at < end; at += step - overlap)
        {
            var bytes = await AtAsync(at, (int)Math.Min(step, end - at), ct);
            var found = bytes.Span.IndexOf(ChunkRecord.Marker);
            if (found >= 0)
            {
                return at + found;
            }
        }

        return end;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private async ValueTask FillAsync(long offset, int wanted, CancellationToken ct)
    {
        if (wanted > buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(wanted);
        }

        start = offset;
        var length = (int)Math.Min(Math.Max(wanted, step), pack.Length - offset);
        try
        {
            count = await blobs.ReadAsync(pack.Name, offset, buffer.AsMemory(0, length), ct);
        }
        catch (IOException error) when (error is not FileNotFoundException and not FaultException)
        {
            count = length;
            await FillByPiecesAsync(ct);
        }
    }

    // The disk cannot read all of it: what it cannot counts as zeros, which no checksum takes for anything else.
    private async ValueTask FillByPiecesAsync(CancellationToken ct)
    {
        for (var at = 0; at < count; at += piece)
        {
            var part = buffer.AsMemory(at, Math.Min(piece, count - at));
            try
            {
                await blobs.ReadAsync(pack.Name, start + at, part, ct);
            }
            catch (IOException error) when (error is not FileNotFoundException and not FaultException)
            {
                part.Span.Clear();
            }
        }
    }
}
