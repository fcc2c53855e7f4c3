using Braid.Primitives;
using Braid.Storage.Chunking;
using Braid.Storage.Chunking.Hot;
using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>
/// Cuts bytes into chunks, stores them, and lists them. Bytes are read into <see cref="Free"/>, then counted in by
/// <see cref="AdvanceAsync"/>. A long stream's chunks are hashed, compressed and written from where they lie while the next
/// bytes come, a few at a time.
/// </summary>
internal sealed class ChunkWriter(PackStore chunks, ChunkListBuilder list) : IDisposable
{
    private const int capacity = 4 * ChunkSizes.Max;
    private const int leastFree = 64 * 1024;

    private static readonly int mostInFlight = Math.Clamp(Environment.ProcessorCount, 2, 4);

    private readonly Queue<Task<ChunkRef>> inFlight = new();
    private ChunkBlock block = ChunkBlock.Rent(capacity);
    private int start;
    private int end;

    /// <summary>Where the next bytes go: 64 KiB or more.</summary>
    public Memory<byte> Free => block.Memory(end, block.Length - end);

    private int Pending => end - start;

    /// <summary>Counts in bytes put at the start of <see cref="Free"/>, storing chunks when enough are pending.</summary>
    public async ValueTask AdvanceAsync(int count, CancellationToken ct)
    {
        end += count;
        while (Pending >= ChunkSizes.Max)
        {
            var length = ChunkCutter.Cut(block.Span(start, Pending), isEnd: false);
            if (inFlight.Count == mostInFlight)
            {
                await list.AddAsync(await inFlight.Dequeue(), ct);
            }

            inFlight.Enqueue(StoreAside(start, length, ct));
            start += length;
        }

        MakeRoom(leastFree);
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
        MakeRoom(ChunkSizes.Max);
        chunk.CopyTo(Free.Span);
        end += chunk.Length;
    }

    /// <summary>
    /// Stores one chunk more if its end can be told from the pending bytes, and returns its length; 0 when more must be seen.
    /// </summary>
    public async ValueTask<int> CutAsync(bool isEnd, CancellationToken ct)
    {
        await LandAsync(ct);
        var length = ChunkCutter.Cut(block.Span(start, Pending), isEnd);
        if (length != 0)
        {
            await list.AddAsync(new(await chunks.PutAsync(block.Memory(start, length), ct), length), ct);
            start += length;
        }

        return length;
    }

    /// <summary>Drops the pending bytes: they begin at a chunk's start that is known already.</summary>
    public void DropPending() => start = end;

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

    public void Dispose() => block.Release();

    private async ValueTask LandAsync(CancellationToken ct)
    {
        while (inFlight.TryDequeue(out var stored))
        {
            await list.AddAsync(await stored, ct);
        }
    }

    // What fails is told when its turn in the list comes.
    private Task<ChunkRef> StoreAside(int at, int length, CancellationToken ct)
    {
        var from = block;
        from.Hold();
        return Task.Run(() => StoreAsync(from, at, length, ct), CancellationToken.None);
    }

    private async Task<ChunkRef> StoreAsync(ChunkBlock from, int at, int length, CancellationToken ct)
    {
        try
        {
            return new(await chunks.PutAsync(from.Memory(at, length), ct), length);
        }
        finally
        {
            from.Release();
        }
    }

    // The pending bytes go to the start: of this block, or of another one while chunks of this one are being stored.
    private void MakeRoom(int length)
    {
        if (block.Length - end >= length)
        {
            return;
        }

        var next = block.IsAlone ? block : ChunkBlock.Rent(capacity);
        block.Span(start, Pending).CopyTo(next.Span(0, Pending));
        (start, end) = (0, Pending);
        if (next != block)
        {
            block.Release();
            block = next;
        }
    }
}
