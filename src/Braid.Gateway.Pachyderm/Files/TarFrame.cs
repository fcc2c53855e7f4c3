using System.Buffers;
using System.Text;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>
/// The blocks around the files of a tar archive, GNU's form: names of any length, sizes beyond 8 GiB. Written straight into
/// the output, since an archive of small files is mostly these.
/// </summary>
internal static class TarFrame
{
    private const int blockLength = 512;
    private const int nameLength = 100;
    private const int sizeAt = 124;
    private const int checksumAt = 148;
    private const int kindAt = 156;
    private const int magicAt = 257;
    private const long largestOctal = 0x1_FFFF_FFFF;

    public static void WriteHeader(IBufferWriter<byte> to, string path, long size, bool isDirectory)
    {
        var name = Encoding.UTF8.GetByteCount(path);
        if (name > nameLength)
        {
            WriteLongName(to, path, name);
        }

        var block = Block(to);
        if (name <= nameLength)
        {
            Encoding.UTF8.GetBytes(path, block);
        }

        Finish(block, size, isDirectory ? (byte)'5' : (byte)'0', isDirectory ? "0000755\0"u8 : "0000644\0"u8);
        to.Advance(blockLength);
    }

    /// <summary>Fills the last block of a file of this size.</summary>
    public static void WritePadding(IBufferWriter<byte> to, long size)
    {
        var length = (int)((blockLength - (size % blockLength)) % blockLength);
        to.GetSpan(length)[..length].Clear();
        to.Advance(length);
    }

    /// <summary>Two empty blocks end an archive.</summary>
    public static void WriteEnd(IBufferWriter<byte> to)
    {
        to.GetSpan(2 * blockLength)[..(2 * blockLength)].Clear();
        to.Advance(2 * blockLength);
    }

    // A block of its own kind, whose content is the name of the file that follows, with a NUL behind it.
    private static void WriteLongName(IBufferWriter<byte> to, string path, int length)
    {
        var block = Block(to);
        "././@LongLink"u8.CopyTo(block);
        Finish(block, length + 1, (byte)'L', "0000000\0"u8);
        to.Advance(blockLength);
        var content = to.GetSpan(length + 1);
        Encoding.UTF8.GetBytes(path, content);
        content[length] = 0;
        to.Advance(length + 1);
        WritePadding(to, length + 1);
    }

    private static Span<byte> Block(IBufferWriter<byte> to)
    {
        var block = to.GetSpan(blockLength)[..blockLength];
        block.Clear();
        return block;
    }

    private static void Finish(Span<byte> block, long size, byte kind, ReadOnlySpan<byte> mode)
    {
        mode.CopyTo(block[nameLength..]);
        "0000000\0"u8.CopyTo(block[108..]);
        "0000000\0"u8.CopyTo(block[116..]);
        WriteSize(block.Slice(sizeAt, 12), size);
        "00000000000\0"u8.CopyTo(block[136..]);
        block[kindAt] = kind;
        "ustar  \0"u8.CopyTo(block[magicAt..]);
        block.Slice(checksumAt, 8).Fill((byte)' ');
        var sum = 0L;
        foreach (var one in block)
        {
            sum += one;
        }

        WriteOctal(block.Slice(checksumAt, 6), sum);
        block[checksumAt + 6] = 0;
    }

    private static void WriteSize(Span<byte> field, long size)
    {
        if (size <= largestOctal)
        {
            WriteOctal(field[..11], size);
            return;
        }

        // GNU's extension: a set top bit, then the number, most significant byte first.
        for (var i = field.Length - 1; i > 0; i--, size >>= 8)
        {
            field[i] = (byte)size;
        }

        field[0] = 0x80;
    }

    private static void WriteOctal(Span<byte> digits, long value)
    {
        for (var i = digits.Length - 1; i >= 0; i--, value >>= 3)
        {
            digits[i] = (byte)('0' + (value & 7));
        }
    }
}
