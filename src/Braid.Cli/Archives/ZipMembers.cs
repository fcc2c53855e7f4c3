using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Archives;

/// <summary>The files of a zip archive; lengths and checksums are compared with what its list says.</summary>
internal static class ZipMembers
{
    private const int kindMask = 0xF000;
    private const int link = 0xA000;
    private const int directory = 0x4000;
    private const int file = 0x8000;

    public static async IAsyncEnumerable<MemberPiece> ReadAsync(
        string name,
        Stream archive,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var zip = Open(name, archive);
        RefuseOverlaps(name, zip, archive.Length);
        var guard = new MemberGuard(name, () => archive.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        foreach (var entry in zip.Entries)
        {
            // Old programs for Windows write their own separator.
            if (guard.Accept(entry.FullName.Replace('\\', '/'), KindOf(entry)) is not { } path)
            {
                continue;
            }

            await using var content = OpenEntry(guard, entry);
            var (length, checksum, isFirst) = (0L, default(Crc32), true);
            while (true)
            {
                var got = await Damage.NamedAsync(name, content.ReadAsync(buffer, ct));
                if (got == 0 && !isFirst)
                {
                    break;
                }

                guard.Count(entry.FullName, got);
                checksum.Add(buffer.AsSpan(0, got));
                length += got;
                yield return new(path, isFirst, buffer.AsMemory(0, got));
                isFirst = false;
            }

            if (length != entry.Length || checksum.Value != entry.Crc32)
            {
                throw guard.Refused(entry.FullName, "its content is not what the archive's list says: it is damaged");
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static ZipArchive Open(string name, Stream archive)
    {
        try
        {
            return new(archive, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException error)
        {
            throw Damage.Named(name, error);
        }
    }

    private static Stream OpenEntry(MemberGuard guard, ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw guard.Refused(entry.FullName, "it is encrypted");
        }

        try
        {
            return entry.Open();
        }
        catch (InvalidDataException error)
        {
            throw guard.Refused(entry.FullName, error.Message);
        }
    }

    /// <summary>A bomb lets many entries share the same packed bytes: together they are then longer than the archive.</summary>
    private static void RefuseOverlaps(string name, ZipArchive zip, long length)
    {
        long packed = 0;
        foreach (var entry in zip.Entries)
        {
            packed += entry.CompressedLength;
            if (packed > length || entry.CompressedLength < 0)
            {
                throw new Failure($"{name}: refused {entry.FullName}: its bytes are those of other members, too");
            }
        }
    }

    /// <summary>Archives made on Unix say what an entry is; others know only files and directories.</summary>
    private static MemberKind KindOf(ZipArchiveEntry entry) =>
        ((entry.ExternalAttributes >> 16) & kindMask) switch
        {
            link => MemberKind.Link,
            directory => MemberKind.Directory,
            0 or file => entry.FullName is [.., '/' or '\\'] ? MemberKind.Directory : MemberKind.File,
            _ => MemberKind.Special,
        };
}
