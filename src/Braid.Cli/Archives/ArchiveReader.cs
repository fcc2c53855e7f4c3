using Braid.Cli.CommandLine;

namespace Braid.Cli.Archives;

/// <summary>A piece of a file in an archive. Its bytes are valid until the next piece is asked for.</summary>
/// <param name="Path">The file's path below the folder that the archive is unpacked to.</param>
/// <param name="IsFirst">The file begins.</param>
internal readonly record struct MemberPiece(string Path, bool IsFirst, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// The files of a tar, tar.gz or zip archive in pieces of bounded size, in the archive's order. What a hostile archive may
/// hold (<see cref="MemberGuard"/>) ends it with the member's name.
/// </summary>
internal static class ArchiveReader
{
    public const int PieceBytes = 2 * 1024 * 1024;

    private static readonly string[] extensions = [".tar", ".tar.gz", ".tgz", ".zip"];

    /// <summary>True when the name is that of an archive that can be unpacked.</summary>
    public static bool IsArchive(string name) =>
        extensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an archive, which it closes; what kind it is shows in its first bytes.</summary>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="Failure">It is refused, damaged, or no archive.</exception>
    public static async IAsyncEnumerable<MemberPiece> ReadAsync(
        string name,
        Stream archive,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var _ = archive;
        var head = new byte[4];
        var length = await archive.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var pieces = head switch
        {
            [(byte)'P', (byte)'K', 3 or 5, 4 or 6] => ZipMembers.ReadAsync(name, Rewound(name, archive), ct),
            [0x1f, 0x8b, ..] => TarMembers.ReadPackedAsync(name, new(archive, head.AsMemory(0, length)), ct),
            _ => TarMembers.ReadAsync(name, new(archive, head.AsMemory(0, length)), ct),
        };
        await foreach (var piece in pieces.WithCancellation(ct))
        {
            yield return piece;
        }
    }

    private static Stream Rewound(string name, Stream archive)
    {
        if (!archive.CanSeek)
        {
            throw new Failure(
                $"{name}: a zip archive has its list at its end: write it to a file, and put that with --untar"
            );
        }

        archive.Position = 0;
        return archive;
    }
}
