namespace Braid.Cli.Archives;

/// <summary>A stream for reading that knows how much of it has been read; its first bytes may have been looked at before.</summary>
internal sealed class CountingStream(Stream inner, ReadOnlyMemory<byte> head) : Stream
{
    private ReadOnlyMemory<byte> head = head;

    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var got = head.IsEmpty ? await inner.ReadAsync(buffer, cancellationToken) : TakeHead(buffer.Span);
        Count += got;
        return got;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var got = head.IsEmpty ? inner.Read(buffer, offset, count) : TakeHead(buffer.AsSpan(offset, count));
        Count += got;
        return got;
    }

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeHead(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, head.Length);
        head.Span[..length].CopyTo(buffer);
        head = head[length..];
        return length;
    }
}
