namespace Braid.Gateway.ClearML.Datasets;

/// <summary>What an archive unpacks to, as long as it is of the length that the archive said.</summary>
internal sealed class MeasuredStream(Stream from, long length, string path) : Stream
{
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await from.ReadAsync(buffer, cancellationToken);
        read += count;
        return (count == 0 ? read == length : read <= length)
            ? count
            : throw new InvalidDataException($"'{path}' is not of the {length} bytes that its archive says");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
