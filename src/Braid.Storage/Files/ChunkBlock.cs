using System.Buffers;

namespace Braid.Storage.Files;

/// <summary>
/// A pooled stretch of memory that a writer fills while the chunks in it are stored where they lie; it goes back to the pool
/// with the last of its users.
/// </summary>
internal sealed class ChunkBlock
{
    private readonly byte[] array;
    private int users = 1;

    private ChunkBlock(byte[] array) => this.array = array;

    public int Length => array.Length;

    /// <summary>Whether only the writer uses it, so that bytes may be moved in it.</summary>
    public bool IsAlone => Volatile.Read(ref users) == 1;

    public static ChunkBlock Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length));

    public Memory<byte> Memory(int start, int length) => array.AsMemory(start, length);

    public Span<byte> Span(int start, int length) => array.AsSpan(start, length);

    /// <summary>One user more.</summary>
    public void Hold() => Interlocked.Increment(ref users);

    /// <summary>One user less, who looks at the bytes no more.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
