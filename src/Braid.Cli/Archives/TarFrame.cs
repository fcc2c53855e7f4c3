using System.Text;

namespace Braid.Cli.Archives;

/// <summary>What stands around the files in a tar archive that is written: ustar headers, GNU's form for long names.</summary>
internal static class TarFrame
{
    private const int block = TarHeader.Length;
    private const int longestName = 100;
    private const long largestOctal = 0x1_FFFF_FFFF; // eleven octal digits

    /// <summary>Two empty blocks.</summary>
    public static readonly ReadOnlyMemory<byte> End = new byte[2 * block];

    /// <summary>What comes before a file's bytes.</summary>
    /// <param name="time">Seconds since 1970.</param>
    public static byte[] Header(string name, long size, long time)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        if (utf8.Length <= longestName)
        {
            var header = new byte[block];
            Fill(header, utf8, '0', size, time);
            return header;
        }

        // The name is the content of a member of its own, with a zero at its end.
        var before = block + utf8.Length + 1 + Padding(utf8.Length + 1).Length;
        var bytes = new byte[before + block];
        Fill(bytes.AsSpan(0, block), "././@LongLink"u8, 'L', utf8.Length + 1, 0);
        utf8.CopyTo(bytes, block);
        Fill(bytes.AsSpan(before), utf8.AsSpan(0, longestName), '0', size, time);
        return bytes;
    }

    /// <summary>What comes after them, up to the next block.</summary>
    public static ReadOnlyMemory<byte> Padding(long size) => End[..(int)(-size & (block - 1))];

    private static void Fill(Span<byte> header, ReadOnlySpan<byte> name, char type, long size, long time)
    {
        name.CopyTo(header);
        Octal(header.Slice(100, 8), 0b110_100_100); // rw-r--r--
        Octal(header.Slice(108, 8), 0);
        Octal(header.Slice(116, 8), 0);
        Number(header.Slice(124, 12), size);
        Octal(header.Slice(136, 12), Math.Max(time, 0));
        header[156] = (byte)type;
        "ustar  \0"u8.CopyTo(header[257..]);
        header.Slice(148, 8).Fill((byte)' ');
        long sum = 0;
        foreach (var b in header)
        {
            sum += b;
        }

        Octal(header.Slice(148, 7), sum);
    }

    private static void Number(Span<byte> field, long number)
    {
        if (number <= largestOctal)
        {
            Octal(field, number);
            return;
        }

        field[0] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(field[^8..], number);
    }

    /// <summary>Digits up to the field's last byte, which stays zero.</summary>
    private static void Octal(Span<byte> field, long number)
    {
        for (var at = field.Length - 2; at >= 0; at--, number >>= 3)
        {
            field[at] = (byte)('0' + (number & 7));
        }
    }
}
