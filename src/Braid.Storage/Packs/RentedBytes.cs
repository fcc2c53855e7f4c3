using System.Buffers;

namespace Braid.Storage.Packs;

/// <summary>Bytes in a pooled array; the holder disposes them once and reads them no more.</summary>
internal readonly struct RentedBytes : IDisposable
{
    private readonly byte[] array;

    private RentedBytes(byte[] array, int length)
    {
        this.array = array;
        Length = length;
    }

    public int Length { get; }

    public Memory<byte> Memory => array.AsMemory(0, Length);

    public Span<byte> Span => array.AsSpan(0, Length);

    public static RentedBytes Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(array);
}
