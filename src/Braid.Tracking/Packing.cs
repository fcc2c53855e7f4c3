using System.Buffers;
using System.IO.Compression;

namespace Braid.Tracking;

/// <summary>Bytes as they lie in a column: docs/formats/log-block.md, last section. A byte that says how, the length, then the bytes.</summary>
internal static class Packing
{
    private const byte plain = 0;
    private const byte brotli = 1;
    private const int quality = 3;
    private const int window = 20;
    private const int headerLength = 1 + sizeof(int);

    /// <summary>Below this, compressing costs more than it saves.</summary>
    private const int shortest = 64;

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length, 1));
        try
        {
            return
                bytes.Length >= shortest
                && BrotliEncoder.TryCompress(bytes, packed.AsSpan(0, bytes.Length), out var size, quality, window)
                ? Frame(brotli, bytes.Length, packed.AsSpan(0, size))
                : Frame(plain, bytes.Length, bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <exception cref="InvalidDataException">They were not packed here.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        Require(packed.Length >= headerLength && packed[0] <= brotli);
        var length = BitConverter.ToInt32(packed[1..headerLength]);
        var body = packed[headerLength..];
        if (packed[0] == plain)
        {
            Require(length == body.Length);
            return body.ToArray();
        }

        // Brotli shrinks nothing more than some millionfold.
        Require(length >= 0 && length / 4_000_000 <= body.Length);
        var bytes = new byte[length];
        Require(BrotliDecoder.TryDecompress(body, bytes, out var written) && written == length);
        return bytes;
    }

    private static byte[] Frame(byte how, int length, ReadOnlySpan<byte> body)
    {
        var packed = new byte[headerLength + body.Length];
        packed[0] = how;
        BitConverter.TryWriteBytes(packed.AsSpan(1), length);
        body.CopyTo(packed.AsSpan(headerLength));
        return packed;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("packed bytes are damaged");
        }
    }
}
