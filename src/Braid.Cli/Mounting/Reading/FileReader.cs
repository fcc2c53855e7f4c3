using System.Buffers;

namespace Braid.Cli.Mounting.Reading;

/// <summary>Fills memory with a file's bytes from an offset.</summary>
internal delegate Task<int> ReadRange(long offset, Memory<byte> into, CancellationToken ct);

/// <summary>
/// Reads one open file by ranges:
/// 1. a read that goes on where an earlier one ended takes longer and longer ranges, and the next ones are fetched ahead;
/// 2. a read elsewhere takes a short range of its own;
/// 3. a range that was read to its end is dropped: the kernel keeps what it read.
/// </summary>
internal sealed class FileReader(ReadRange source, long size, ReadBudget budget) : IDisposable
{
    private const int shortest = 128 * 1024;
    private const int longest = 4 * 1024 * 1024;
    private const int ahead = 2;
    private const int most = 8;

    private readonly Lock gate = new();
    private readonly List<Extent> extents = [];
    private readonly CancellationTokenSource closed = new();
    private long reached;
    private int next = shortest;

    /// <summary>Fewer bytes than there is room for only at the file's end.</summary>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken ct)
    {
        var length = (int)Math.Clamp(size - offset, 0, into.Length);
        var filled = 0;
        while (filled < length)
        {
            var extent = Locate(offset + filled, length - filled);
            try
            {
                await extent.Fetched.WaitAsync(ct);
            }
            catch
            {
                Forget(extent);
                throw;
            }

            filled += Copy(extent, offset + filled, into[filled..length]);
        }

        return filled;
    }

    public void Dispose()
    {
        closed.Cancel();
        lock (gate)
        {
            while (extents.Count > 0)
            {
                Drop(extents[0]);
            }
        }
    }

    private Extent Locate(long offset, int wanted)
    {
        lock (gate)
        {
            var found = Covering(offset) ?? Begin(offset, wanted);
            if (next > shortest)
            {
                FetchAhead(found);
            }

            return found;
        }
    }

    private Extent? Covering(long offset) =>
        extents.Find(extent => extent.Offset <= offset && offset < extent.End && !extent.Fetched.IsFaulted);

    private Extent Begin(long offset, int wanted)
    {
        var goesOn = offset == reached;
        next = goesOn ? Math.Min(next * 2, longest) : shortest;
        var length = (int)Math.Min(Math.Max(goesOn ? next : shortest, wanted), size - offset);
        budget.Take(length);
        return Add(offset, length);
    }

    private void FetchAhead(Extent from)
    {
        for (var i = 0; i < ahead && from.End < size; i++)
        {
            if (Covering(from.End) is { } there)
            {
                from = there;
                continue;
            }

            var length = (int)Math.Min(next, size - from.End);
            if (extents.Count >= most || !budget.TryTake(length))
            {
                return;
            }

            next = Math.Min(next * 2, longest);
            from = Add(from.End, length);
        }
    }

    private Extent Add(long offset, int length)
    {
        while (extents.Count >= most && extents.Find(extent => extent.Fetched.IsCompleted) is { } oldest)
        {
            Drop(oldest);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var fetched = source(offset, buffer.AsMemory(0, length), closed.Token);
        var extent = new Extent(offset, length, buffer, fetched);
        extents.Add(extent);
        reached = extent.End;
        return extent;
    }

    private int Copy(Extent extent, long offset, Memory<byte> into)
    {
        lock (gate)
        {
            if (!extents.Contains(extent))
            {
                // Somebody else read it to its end meanwhile: look again.
                return 0;
            }

            var length = (int)Math.Min(extent.End - offset, into.Length);
            extent.Buffer.AsSpan((int)(offset - extent.Offset), length).CopyTo(into.Span);
            extent.Read += length;
            if (extent.Read >= extent.Length)
            {
                Drop(extent);
            }

            return length;
        }
    }

    private void Forget(Extent extent)
    {
        lock (gate)
        {
            if (extent.Fetched.IsFaulted || extent.Fetched.IsCanceled)
            {
                Drop(extent);
            }
        }
    }

    private void Drop(Extent extent)
    {
        if (!extents.Remove(extent))
        {
            return;
        }

        budget.GiveBack(extent.Length);
        // What is still being filled is left to the collector: nobody else may get its memory.
        if (extent.Fetched.IsCompleted)
        {
            ArrayPool<byte>.Shared.Return(extent.Buffer);
        }
    }

    private sealed class Extent(long offset, int length, byte[] buffer, Task<int> fetched)
    {
        public long Offset => offset;

        public int Length => length;

        public long End => offset + length;

        public byte[] Buffer => buffer;

        public Task<int> Fetched => fetched;

        /// <summary>How many bytes were read from it.</summary>
        public int Read { get; set; }
    }
}
