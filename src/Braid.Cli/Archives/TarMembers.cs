using System.IO.Compression;
using System.Runtime.CompilerServices;
using Braid.Cli.CommandLine;

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
        await using var pieces = ReadAsync(name, plain, () => archive.Count, ct).GetAsyncEnumerator(ct);
        while (await ZipMembers.OrDamaged(name, pieces.MoveNextAsync()))
        {
            yield return pieces.Current;
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
        while (await NextAsync(name, tar, ct) is { } member)
        {
            if (guard.Accept(member.Name, member.Kind) is not { } path)
            {
                continue;
            }

            var isFirst = true;
            // An empty file is one empty piece.
            while (await tar.ReadAsync(ArchiveReader.PieceBytes, ct) is var bytes && (isFirst || !bytes.IsEmpty))
            {
                guard.Count(member.Name, bytes.Length);
                yield return new(path, isFirst, bytes);
                isFirst = false;
            }
        }
    }

    private static async ValueTask<TarMember?> NextAsync(string name, TarScanner tar, CancellationToken ct)
    {
        try
        {
            return await tar.NextAsync(ct);
        }
        catch (Failure failure)
        {
            throw new Failure($"{name}: {failure.Message}");
        }
    }
}
