using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Braid.Cli.Archives;

/// <summary>The files of a tar archive, plain or packed with gzip.</summary>
internal static class TarMembers
{
    public static IAsyncEnumerable<MemberPiece> ReadAsync(string name, CountingStream archive, CancellationToken ct) =>
        ReadAsync(name, archive, () => archive.Count, ct);

    public static async IAsyncEnumerable<MemberPiece> ReadPackedAsync(
        string name,
        CountingStream archive,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var plain = new GZipStream(archive, CompressionMode.Decompress);
        await foreach (var piece in ReadAsync(name, plain, () => archive.Count, ct))
        {
            yield return piece;
        }
    }

    private static async IAsyncEnumerable<MemberPiece> ReadAsync(
        string name,
        Stream plain,
        Func<long> packed,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var guard = new MemberGuard(name, packed);
        await using var tar = new TarScanner(plain);
        while (await Damage.NamedAsync(name, tar.NextAsync(ct)) is { } member)
        {
            if (guard.Accept(member.Name, member.Kind) is not { } path)
            {
                continue;
            }

            var isFirst = true;
            // An empty file is one empty piece.
            while (
                await Damage.NamedAsync(name, tar.ReadAsync(ArchiveReader.PieceBytes, ct)) is var bytes
                && (isFirst || !bytes.IsEmpty)
            )
            {
                guard.Count(member.Name, bytes.Length);
                yield return new(path, isFirst, bytes);
                isFirst = false;
            }
        }
    }
}
