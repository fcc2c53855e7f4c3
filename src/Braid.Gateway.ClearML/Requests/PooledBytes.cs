using System.Buffers;

namespace Braid.Gateway.ClearML.Requests;

/// <summary>Bytes in an array that is used again: a batch is large, and there are many.</summary>
internal sealed class PooledBytes : IDisposable
{
    private readonly int length;
    private byte[] bytes;

    private PooledBytes(byte[] bytes, int length) => (this.bytes, this.length) = (bytes, length);

    public static PooledBytes Nothing { get; } = new([], 0);

    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

    public static PooledBytes Copy(ReadOnlySequence<byte> from)
    {
        var bytes = ArrayPool<byte>.Shared.Rent((int)from.Length);
        from.CopyTo(bytes);
        return new(bytes, (int)from.Length);
    }

    /// <summary>Nobody may look at the bytes afterwards.</summary>
    public void Dispose()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
        }
    }
}
