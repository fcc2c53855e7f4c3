using System.Numerics;
using Braid.Storage.Packs;

namespace Braid.TensorBoard.Hot;

/// <summary>
/// CRC-32C as record files store it: rotated by 15 bits and shifted by a constant, so that the check sum of bytes that hold
/// check sums themselves is not trivial.
/// </summary>
internal static class MaskedCrc
{
    private const uint delta = 0xA282EAD8;

    public static uint Of(ReadOnlySpan<byte> bytes) =>
        unchecked(BitOperations.RotateRight(Crc32C.Of(bytes), 15) + delta);
}
