using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Braid.Storage.Tests.Chunking;

/// <summary>The rule of docs/formats/file-content.md word for word: slow, and without anything of the product.</summary>
internal static class ReferenceCutter
{
    private static readonly ulong[] gear =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(i => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData([.. "braid gear 1"u8, (byte)i]))),
    ];

    public static List<int> Lengths(byte[] file)
    {
        var lengths = new List<int>();
        for (var start = 0; start < file.Length; start += lengths[^1])
        {
            lengths.Add(First(file.AsSpan(start)));
        }

        return lengths;
    }

    private static int First(ReadOnlySpan<byte> data)
    {
        for (var length = 65536 + 1; length <= Math.Min(data.Length, 1048576); length++)
        {
            var zeros = length <= 262144 ? 20 : 16;
            if (Hash(data, length - 1) >> (64 - zeros) == 0)
            {
                return length;
            }
        }

        return Math.Min(data.Length, 1048576);
    }

    // The sum over the last 64 bytes, none of the first 65536, each shifted by its distance.
    private static ulong Hash(ReadOnlySpan<byte> data, int at)
    {
        var hash = 0UL;
        for (var back = 0; back < 64 && at - back >= 65536; back++)
        {
            hash += gear[data[at - back]] << back;
        }

        return hash;
    }
}
