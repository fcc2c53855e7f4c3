using System.Runtime.CompilerServices;

namespace Braid.Cli.Archives;

/// <summary>The files of a zip archive, one after the other.</summary>
internal static class ZipMembers
{
    public static async IAsyncEnumerable<MemberPiece> ReadAsync(
        string name,
        Stream archive,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var zip = new ZipReader(name, archive);
        foreach (var member in zip.Members())
        {
            var isFirst = true;
            await foreach (var piece in zip.ReadAsync(member, ct))
            {
                yield return new(member.Path, isFirst, piece);
                isFirst = false;
            }

            if (isFirst)
            {
                yield return new(member.Path, true, ReadOnlyMemory<byte>.Empty);
            }
        }
    }
}
