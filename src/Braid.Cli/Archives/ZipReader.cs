using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Braid.Cli.CommandLine;
using Braid.Client.Formats;

namespace Braid.Cli.Archives;

/// <summary>A file of a zip archive.</summary>
/// <param name="Path">Where it is below the archive's folder; it leads nowhere else.</param>
internal readonly record struct ZipMember(string Path, ZipArchiveEntry Entry);

/// <summary>A zip archive, read warily: lengths and checksums are compared with what its list says.</summary>
internal sealed class ZipReader : IDisposable
{
    private const int kindMask = 0xF000;
    private const int link = 0xA000;
    private const int directory = 0x4000;
    private const int file = 0x8000;
    private const int pieceLength = 256 * 1024;

    private readonly string name;
    private readonly ZipArchive zip;
    private readonly MemberGuard guard;

    /// <param name="name">What messages call it.</param>
    /// <param name="archive">Its bytes; they stay open.</param>
    /// <exception cref="Failure">It is no archive.</exception>
    public ZipReader(string name, Stream archive)
    {
        this.name = name;
        zip = Open(name, archive);
        RefuseOverlaps(archive.Length);
        guard = new(name, () => archive.Length);
    }

    /// <summary>Its files, each of them checked as it comes.</summary>
    /// <exception cref="Failure">One of them is refused.</exception>
    public IEnumerable<ZipMember> Members()
    {
        foreach (var entry in zip.Entries)
        {
            // Old programs for Windows write their own separator.
            if (guard.Accept(entry.FullName.Replace('\\', '/'), KindOf(entry)) is { } path)
            {
                yield return new(path, entry);
            }
        }
    }

    /// <summary>A file's content. A piece is good until the next one is asked for; an empty file has no piece.</summary>
    /// <exception cref="Failure">It is damaged, or far larger than its archive.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        ZipMember member,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var entry = member.Entry;
        await using var content = OpenEntry(entry);
        var buffer = ArrayPool<byte>.Shared.Rent(pieceLength);
        var (length, checksum) = (0L, 0u);
        while (await Damage.NamedAsync(name, content.ReadAsync(buffer, ct)) is > 0 and var got)
        {
            guard.Count(entry.FullName, got);
            checksum = Crc32.Of(buffer.AsSpan(0, got), checksum);
            length += got;
            yield return buffer.AsMemory(0, got);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (length != entry.Length || checksum != entry.Crc32)
        {
            throw guard.Refused(entry.FullName, "its content is not what the archive's list says: it is damaged");
        }
    }

    public void Dispose() => zip.Dispose();

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

    private Stream OpenEntry(ZipArchiveEntry entry)
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
    private void RefuseOverlaps(long length)
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
