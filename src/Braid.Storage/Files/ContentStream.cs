using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>A seekable, read-only stream over a file; it holds the chunk that was read last.</summary>
internal sealed class ContentStream(FileReader reader, FileContent content) : Stream
{
    private IAsyncEnumerator<(RentedBytes Bytes, ChunkPiece Piece)>? pieces;
    private ReadOnlyMemory<byte> left;
    private RentedBytes? held;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Size;

    public override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct = default)
    {
        if (buffer.IsEmpty || (left.IsEmpty && !await MoveNextAsync(ct)))
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, left.Length);
        left[..count].CopyTo(buffer);
        left = left[count..];
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken ct) =>
        ReadAsync(buffer.AsMemory(offset, count), ct).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => content.Size + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        if (target - position is var step && step >= 0 && step <= left.Length)
        {
            left = left[(int)step..];
        }
        else
        {
            Forget();
        }

        return position = target;
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException("stored content never changes");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("stored content never changes");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Forget();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<bool> MoveNextAsync(CancellationToken ct)
    {
        Release();
        pieces ??= reader.ReadAsync(content, position, long.MaxValue, CancellationToken.None).GetAsyncEnumerator(ct);
        if (position >= content.Size || !await pieces.MoveNextAsync())
        {
            return false;
        }

        var (bytes, piece) = pieces.Current;
        held = bytes;
        left = bytes.Memory.Slice(piece.Skip, piece.Take);
        return true;
    }

    private void Forget()
    {
        Release();
        // No read is in progress, so disposing the iterator only drops what it read ahead.
        _ = pieces?.DisposeAsync().AsTask();
        pieces = null;
    }

    private void Release()
    {
        held?.Dispose();
        held = null;
        left = default;
    }
}
