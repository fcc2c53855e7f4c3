namespace Braid.Gateway.ClearML.Tests.Files;

/// <summary>Zeros, as many as are wanted, made as they are read.</summary>
/// <param name="atRead">Called at each read.</param>
internal sealed class EndlessStream(long size, Action atRead) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        atRead();
        var read = (int)Math.Min(count, size - position);
        Array.Clear(buffer, offset, read);
        position += read;
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
