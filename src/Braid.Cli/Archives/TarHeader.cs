using System.Text;

namespace Braid.Cli.Archives;

/// <summary>What a member of an archive is.</summary>
internal enum MemberKind
{
    File,
    Directory,

    /// <summary>A hard or symbolic link.</summary>
    Link,

    /// <summary>A device, a pipe, a sparse file, or what else there is.</summary>
    Special,
}

/// <summary>A member of a tar archive.</summary>
internal readonly record struct TarMember(string Name, MemberKind Kind, long Size);

/// <summary>One 512-byte header block.</summary>
internal readonly record struct TarHeader(string Name, char Type, long Size)
{
    public const int Length = 512;

    private const int checksumAt = 148;
    private const int checksumLength = 8;

    /// <summary>The block says something about the member that follows it, or about all that follow.</summary>
    public bool IsAboutNext => Type is 'L' or 'K' or 'x' or 'g';

    /// <summary>Null for an empty block, which ends the archive.</summary>
    /// <exception cref="InvalidDataException">The block is no header.</exception>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        if (block.IndexOfAnyExcept((byte)0) < 0)
        {
            return null;
        }

        if (Number(block.Slice(checksumAt, checksumLength)) != SumOf(block))
        {
            throw new InvalidDataException("a header's checksum is wrong");
        }

        var name = Text(block[..100]);
        // GNU's own format has other fields where ustar continues the name.
        if (block.Slice(257, 6).SequenceEqual("ustar\0"u8) && Text(block.Slice(345, 155)) is { Length: > 0 } prefix)
        {
            name = $"{prefix}/{name}";
        }

        return new(name, (char)block[156], Number(block.Slice(124, 12)));
    }

    public MemberKind Kind =>
        Type switch
        {
            '\0' when Name.EndsWith('/') => MemberKind.Directory,
            '0' or '\0' or '7' => MemberKind.File,
            '5' => MemberKind.Directory,
            '1' or '2' => MemberKind.Link,
            _ => MemberKind.Special,
        };

    private static long SumOf(ReadOnlySpan<byte> block)
    {
        long sum = checksumLength * ' ';
        foreach (var b in block[..checksumAt])
        {
            sum += b;
        }

        foreach (var b in block[(checksumAt + checksumLength)..])
        {
            sum += b;
        }

        return sum;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var zero = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(zero < 0 ? field : field[..zero]);
    }

    /// <summary>Octal digits, or with the top bit set a big-endian number.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        long number = 0;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var b in field[^8..])
            {
                number = (number << 8) | b;
            }

            // The bytes before the last eight are only the mark.
            return number >= 0 && field[0] == 0x80 && field[1..^8].IndexOfAnyExcept((byte)0) < 0 ? number : throw Bad();
        }

        foreach (var b in field.Trim(" \0"u8))
        {
            number = b is >= (byte)'0' and <= (byte)'7' ? (number << 3) | (uint)(b - '0') : throw Bad();
        }

        return number >= 0 ? number : throw Bad();
    }

    private static InvalidDataException Bad() => new("a header's number is none");
}
