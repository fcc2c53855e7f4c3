using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Braid.Storage.Chunking;

/// <summary>The 256 random words of the rolling hash: word i is the first 8 bytes of SHA-256("braid gear 1" and byte i).</summary>
internal static class GearTable
{
    public static ulong[] Words { get; } = [.. Enumerable.Range(0, 256).Select(Word)];

    private static ulong Word(int index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData([.. "braid gear 1"u8, (byte)index]));
}
