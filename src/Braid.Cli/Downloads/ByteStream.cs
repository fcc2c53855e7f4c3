using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Downloads;

/// <summary>A stream of byte messages, read as one stream of bytes.</summary>
internal sealed class ByteStream(IAsyncEnumerable<BytesValue> pieces) : Stream
{
    private readonly IAsyncEnumerator<BytesValue> pieces = pieces.GetAsyncEnumerator();
    private ReadOnlyMemory<byte> rest;

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
        while (rest.IsEmpty)
        {
            if (!await pieces.MoveNextAsync())
            {
                return 0;
            }

            rest = pieces.Current.Value.Memory;
        }

        var length = Math.Min(buffer.Length, rest.Length);
        rest[..length].CopyTo(buffer);
        rest = rest[length..];
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask DisposeAsync() => pieces.DisposeAsync();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
