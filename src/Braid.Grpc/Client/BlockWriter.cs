using System.Buffers;
using System.IO.Pipelines;

namespace Braid.Grpc.Client;

/// <summary>
/// Gathers what is written in one block of memory, which it uses again and again, and hands it to the stream in one piece: a
/// stream of HTTP/2 makes a frame of what it gets, and small frames cost more than their bytes.
/// </summary>
internal sealed class BlockWriter(Stream stream) : PipeWriter, IDisposable
{
    private const int firstLength = 16 * 1024;

    private byte[] block = ArrayPool<byte>.Shared.Rent(firstLength);
    private int written;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => written;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, block.Length - written);
        written += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return block.AsMemory(written);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return block.AsSpan(written);
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken ct = default)
    {
        if (written > 0)
        {
            await stream.WriteAsync(block.AsMemory(0, written), ct);
            written = 0;
        }

        await stream.FlushAsync(ct);
        return default;
    }

    public override void CancelPendingFlush() =>
        throw new NotSupportedException("a flush is cancelled by its token alone");

    public override void Complete(Exception? exception = null) => Dispose();

    public void Dispose()
    {
        if (block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        (block, written) = ([], 0);
    }

    private void MakeRoom(int sizeHint)
    {
        if (block.Length - written >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var longer = ArrayPool<byte>.Shared.Rent(Math.Max(written + sizeHint, block.Length * 2));
        block.AsSpan(0, written).CopyTo(longer);
        ArrayPool<byte>.Shared.Return(block);
        block = longer;
    }
}
