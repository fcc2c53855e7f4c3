using System.Buffers.Binary;
using System.IO.Compression;

namespace Braid.Client.Tests;

/// <summary>Reads the pixels of a PNG whose rows have no filter, and checks every chunk's checksum with zip's own.</summary>
internal static class PngPixels
{
    public static byte[] Read(ReadOnlyMemory<byte> png)
    {
        var (rest, data, width, channels) = (png[8..], new MemoryStream(), 0, 0);
        while (rest.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
            var (type, body) = (System.Text.Encoding.ASCII.GetString(rest.Span[4..8]), rest.Slice(8, length));
            Assert.Equal(
                Reference(rest.Span.Slice(4, length + 4)),
                BinaryPrimitives.ReadUInt32BigEndian(rest.Span[(8 + length)..])
            );
            if (type == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(body.Span);
                channels = body.Span[9] switch
                {
                    0 => 1,
                    4 => 2,
                    2 => 3,
                    _ => 4,
                };
            }
            else if (type == "IDAT")
            {
                data.Write(body.Span);
            }

            rest = rest[(12 + length)..];
        }

        data.Position = 0;
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
        {
            zlib.CopyTo(rows);
        }

        return [.. rows.ToArray().Chunk((width * channels) + 1).SelectMany(row => row[1..])];
    }

    /// <summary>Bit by bit, as the standard defines it.</summary>
    private static uint Reference(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
