using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Braid.Client.Formats;

/// <summary>Writes raw pixels of eight bits per channel as PNG: gray, gray and alpha, RGB, RGBA.</summary>
internal static class Png
{
    private static readonly byte[] signature = [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8];

    /// <summary>PNG's number of a colour type, by channels less one.</summary>
    private static readonly byte[] colorTypes = [0, 4, 2, 6];

    /// <exception cref="ArgumentException">The pixels are not what width, height and channels say.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        if (channels is < 1 or > 4 || width < 1 || height < 1 || pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes are no image of {width} x {height} with {channels} channels (1 to 4, a byte each)"
            );
        }

        using var file = new MemoryStream();
        file.Write(signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, colorTypes[channels - 1]);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compressed(pixels, width * channels));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Compressed(ReadOnlySpan<byte> pixels, int rowBytes)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var at = 0; at < pixels.Length; at += rowBytes)
            {
                zlib.WriteByte(0); // the row as it is, no filter
                zlib.Write(pixels.Slice(at, rowBytes));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        var start = (int)file.Length;
        file.Write(Encoding.ASCII.GetBytes(type));
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(
            number,
            Crc32.Of(file.GetBuffer().AsSpan(start, (int)file.Length - start))
        );
        file.Write(number);
    }
}
