using System.Buffers.Binary;
using System.Numerics;

namespace Braid.TensorBoard.Hot;

/// <summary>
/// CRC-32C as record files store it: rotated by 15 bits and shifted by a constant, so that the check sum of bytes that hold
/// check sums themselves is not trivial.
/// </summary>
internal static class MaskedCrc
{
    private const uint delta = 0xA282EAD8;

    public static uint Of(ReadOnlySpan<byte> bytes) => unchecked(BitOperations.RotateRight(Crc32C(bytes), 15) + delta);

    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
