using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Braid.Fuse.Operations;
using Braid.Fuse.Wire;

namespace Braid.Fuse.Sessions;

/// <summary>The bytes of one answer: a header and room behind it, so that both leave in one call.</summary>
internal sealed class Answer(int room) : IDisposable
{
    private readonly int room = room;
    private byte[]? bytes = ArrayPool<byte>.Shared.Rent(OutHeader.Size + room);

    /// <summary>How much of the room is used.</summary>
    public int Length { get; set; }

    public Memory<byte> Room => Bytes.AsMemory(OutHeader.Size, room);

    private byte[] Bytes => bytes ?? throw new ObjectDisposedException(nameof(Answer));

    public void Set<T>(in T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(Room.Span, in value);
        Length = Unsafe.SizeOf<T>();
    }

    public void SendTo(IFuseChannel channel, ulong unique)
    {
        var whole = Bytes.AsSpan(0, OutHeader.Size + Length);
        var header = new OutHeader { Length = (uint)whole.Length, Unique = unique };
        MemoryMarshal.Write(whole, in header);
        channel.Write(whole);
    }

    public static void SendError(IFuseChannel channel, ulong unique, Errno error)
    {
        Span<byte> whole = stackalloc byte[OutHeader.Size];
        var header = new OutHeader
        {
            Length = OutHeader.Size,
            Error = -(int)error,
            Unique = unique,
        };
        MemoryMarshal.Write(whole, in header);
        channel.Write(whole);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref bytes, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
