using System.Security.Cryptography;

namespace Braid.Cli.MLflowImports.Artifacts;

/// <summary>How long something was, and its SHA-256.</summary>
internal readonly record struct HashedLength(long Length, string Sha256);

/// <summary>Reads another stream, and hashes what passes.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;
    private HashedLength? closed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    /// <summary>What has passed so far; still there when the stream is closed, as HttpClient closes what it sends.</summary>
    public HashedLength Read() => closed ?? new(length, Convert.ToHexStringLower(hash.GetCurrentHash()));

    public override int Read(byte[] buffer, int offset, int count) =>
        Passed(buffer.AsSpan(offset), inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        return Passed(buffer.Span, count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && closed is null)
        {
            closed = Read();
            inner.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Passed(ReadOnlySpan<byte> buffer, int count)
    {
        hash.AppendData(buffer[..count]);
        length += count;
        return count;
    }
}
