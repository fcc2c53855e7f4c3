using System.Buffers;
using Braid.Primitives;
using Braid.Storage.Chunking;
using Braid.Storage.Chunking.Hot;
using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>
/// Cuts bytes into chunks, stores them, and lists them. Bytes are read into <see cref="Free"/>, then counted in by
/// <see cref="AdvanceAsync"/>. A long stream's chunks are hashed and compressed while the next bytes come, a few at a time.
/// </summary>
internal sealed class ChunkWriter(PackStore chunks, ChunkListBuilder list) : IDisposable
{
    private const int capacity = 4 * ChunkSizes.Max;

    private static readonly int mostInFlight = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly Queue<Task<ChunkRef>> inFlight = new();
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int start;
    private int end;

    /// <summary>Where the next bytes go: room for a largest chunk or more.</summary>
    public Memory<byte> Free => buffer.AsMemory(end);

    private int Pending => end - start;

    /// <summary>Counts in bytes put at the start of <see cref="Free"/>, storing chunks when enough are pending.</summary>
    public async ValueTask AdvanceAsync(int count, CancellationToken ct)
    {
        end += count;
        while (Pending >= ChunkSizes.Max)
        {
            var length = ChunkCutter.Cut(buffer.AsSpan(start, Pending), isEnd: false);
            if (inFlight.Count == mostInFlight)
            {
                await list.AddAsync(await inFlight.Dequeue(), ct);
            }

            inFlight.Enqueue(StoreAside(buffer.AsSpan(start, length), ct));
            start += length;
        }

        MakeRoom();
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, Free.Length);
            bytes[..count].CopyTo(Free);
            bytes = bytes[count..];
            await AdvanceAsync(count, ct);
        }
    }

    /// <summary>Takes the bytes of one chunk and stores nothing; the caller then cuts until there is no cut to be told.</summary>
    public void Fill(ReadOnlySpan<byte> chunk)
    {
        MakeRoom();
        chunk.CopyTo(Free.Span);
        end += chunk.Length;
    }

    /// <summary>
    /// Stores one chunk more if its end can be told from the pending bytes, and returns its length; 0 when more must be seen.
    /// </summary>
    public async ValueTask<int> CutAsync(bool isEnd, CancellationToken ct)
    {
        await LandAsync(ct);
        var length = ChunkCutter.Cut(buffer.AsSpan(start, Pending), isEnd);
        if (length != 0)
        {
            await list.AddAsync(new(await chunks.PutAsync(buffer.AsMemory(start, length), ct), length), ct);
            start += length;
        }

        return length;
    }

    /// <summary>Drops the pending bytes: they begin at a chunk's start that is known already.</summary>
    public void DropPending() => start = end = 0;

    /// <summary>The end of the file: stores what is pending and answers the whole.</summary>
    public async ValueTask<FileContent> FinishAsync(CancellationToken ct)
    {
        await LandAsync(ct);
        while (Pending > 0)
        {
            await CutAsync(isEnd: true, ct);
        }

        return await list.FinishAsync(ct);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private async ValueTask LandAsync(CancellationToken ct)
    {
        while (inFlight.TryDequeue(out var stored))
        {
            await list.AddAsync(await stored, ct);
        }
    }

    // On bytes of its own: the buffer goes on. What fails is told when its turn in the list comes.
    private Task<ChunkRef> StoreAside(ReadOnlySpan<byte> chunk, CancellationToken ct)
    {
        var bytes = RentedBytes.Rent(chunk.Length);
        chunk.CopyTo(bytes.Span);
        return Task.Run(
            async () =>
            {
                using (bytes)
                {
                    return new ChunkRef(await chunks.PutAsync(bytes.Memory, ct), bytes.Memory.Length);
                }
            },
            CancellationToken.None
        );
    }

    private void MakeRoom()
    {
        if (buffer.Length - end < ChunkSizes.Max)
        {
            buffer.AsSpan(start, Pending).CopyTo(buffer);
            (start, end) = (0, Pending);
        }
    }
}
