using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Braid.Storage.Chunking;
using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>
/// Reads ranges of files. The chunks of a long one are read and verified a few ahead, on other threads, and more where the
/// blob store rewards it.
/// </summary>
internal sealed class FileReader(PackStore chunks)
{
    private static readonly int fewAhead = Math.Clamp(Environment.ProcessorCount, 2, 4);

    public async Task CopyToAsync(FileContent content, long offset, long length, Stream to, CancellationToken ct)
    {
        await foreach (var (bytes, piece) in ReadAsync(content, offset, length, ct))
        {
            using (bytes)
            {
                await to.WriteAsync(bytes.Memory.Slice(piece.Skip, piece.Take), ct);
            }
        }
    }

    public async Task CopyToAsync(FileContent content, long offset, long length, PipeWriter to, CancellationToken ct)
    {
        await foreach (var (bytes, piece) in ReadAsync(content, offset, length, ct))
        {
            using (bytes)
            {
                var flushed = await to.WriteAsync(bytes.Memory.Slice(piece.Skip, piece.Take), ct);
                if (flushed.IsCompleted)
                {
                    return;
                }
            }
        }
    }

    public async ValueTask WriteToAsync(FileContent content, PipeWriter to, CancellationToken ct)
    {
        if (content is { Depth: > 0 } or { Size: 0 })
        {
            await CopyToAsync(content, 0, long.MaxValue, to, ct);
            return;
        }

        using var bytes = await ReadAsync(new ChunkRef(content.Hash, content.Size), ct);
        to.Write(bytes.Span);
    }

    /// <summary>The chunks of the range, in order; the caller disposes each one's bytes.</summary>
    public async IAsyncEnumerable<(RentedBytes Bytes, ChunkPiece Piece)> ReadAsync(
        FileContent content,
        long offset,
        long length,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var end = length < content.Size - offset ? offset + length : content.Size;
        var isLong = end - offset > ChunkSizes.Max;
        var mostAhead = isLong ? Math.Max(chunks.ReadAhead, fewAhead) : chunks.ReadAhead;
        var ahead = new Queue<(Task<RentedBytes> Read, ChunkPiece Piece)>();
        try
        {
            await foreach (var piece in new ChunkWalk(chunks).PiecesAsync(content, offset, end, ct))
            {
                ahead.Enqueue((isLong ? ReadAside(piece.Chunk, ct) : ReadAsync(piece.Chunk, ct).AsTask(), piece));
                if (ahead.Count >= mostAhead)
                {
                    var next = ahead.Dequeue();
                    yield return (await next.Read, next.Piece);
                }
            }

            while (ahead.TryDequeue(out var next))
            {
                yield return (await next.Read, next.Piece);
            }
        }
        finally
        {
            await DropAsync(ahead.Select(next => next.Read));
        }
    }

    private Task<RentedBytes> ReadAside(ChunkRef chunk, CancellationToken ct) =>
        Task.Run(() => ReadAsync(chunk, ct).AsTask(), CancellationToken.None);

    private async ValueTask<RentedBytes> ReadAsync(ChunkRef chunk, CancellationToken ct)
    {
        var bytes = await chunks.ReadAsync(chunk.Hash, ct);
        if (bytes.Length == chunk.Size)
        {
            return bytes;
        }

        bytes.Dispose();
        throw new CorruptionException($"chunk {chunk.Hash} has {bytes.Length} bytes where its file says {chunk.Size}");
    }

    // The reader went away: what was read ahead goes back to the pool, and its failures interest nobody.
    private static async Task DropAsync(IEnumerable<Task<RentedBytes>> reads)
    {
        foreach (var read in reads)
        {
            await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (read.IsCompletedSuccessfully)
            {
                (await read).Dispose();
            }
        }
    }
}
