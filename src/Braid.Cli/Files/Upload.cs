using System.Runtime.CompilerServices;
using Braid.Protos.Pfs;
using Google.Protobuf;
using File = System.IO.File;

namespace Braid.Cli.Files;

/// <summary>Turns files into the messages of one ModifyFile stream, two MiB at a time.</summary>
internal sealed class Upload(Commit commit, bool append, Func<Stream> openInput)
{
    private const int Piece = 2 * 1024 * 1024;

    public async IAsyncEnumerable<ModifyFileRequest> RequestsAsync(
        IReadOnlyList<PutSource> files,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        yield return new() { SetCommit = commit };
        foreach (var file in files)
        {
            if (!append)
            {
                yield return new() { DeleteFile = new() { Path = file.Path } };
            }

            await foreach (var message in ContentAsync(file, ct))
            {
                yield return message;
            }
        }
    }

    private async IAsyncEnumerable<ModifyFileRequest> ContentAsync(
        PutSource file,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (file.IsAddress)
        {
            yield return new()
            {
                AddFile = new()
                {
                    Path = file.Path,
                    Url = new() { URL = file.From },
                },
            };
            yield break;
        }

        await using var content = file.From == PutPlan.StandardInput ? openInput() : File.OpenRead(file.From);
        var buffer = new byte[PieceOf(content)];
        int length;
        var isFirst = true;
        // An empty file is one empty piece.
        while ((length = await content.ReadAtLeastAsync(buffer, buffer.Length, false, ct)) > 0 || isFirst)
        {
            isFirst = false;
            yield return new()
            {
                AddFile = new() { Path = file.Path, Raw = ByteString.CopyFrom(buffer, 0, length) },
            };
        }
    }

    /// <summary>A small file takes a small buffer; one byte more shows its end without another read.</summary>
    private static int PieceOf(Stream content) => content.CanSeek ? (int)Math.Min(content.Length + 1, Piece) : Piece;
}
