using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using File = System.IO.File;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Downloads;

/// <summary>
/// Gets one file to a place on disk:
/// 1. nothing to do when the place holds the very content already;
/// 2. an interrupted download goes on where it stopped, and is compared as a whole when it is complete;
/// 3. the bytes come under another name and take the file's name at the end.
/// </summary>
internal sealed class OneFile(PachClient pach, Reconnecting reconnecting, TransferProgress progress)
{
    /// <param name="info">What is known of the file; null when nothing is, which is no reason not to try.</param>
    public async Task GetAsync(GetFileRequest request, FileInfo? info, string path, CancellationToken ct)
    {
        // (1)
        if (info is not null && ContentHash.Matches(path, info.SizeBytes, info.Hash.Span))
        {
            progress.Skip(1, info.SizeBytes);
            return;
        }

        // (2)
        var part = PartFile.Of(path);
        var there = info is not null && File.Exists(part) ? new System.IO.FileInfo(part).Length : 0;
        if (there > 0 && info is not null && there <= info.SizeBytes)
        {
            await AppendAsync(request, part, FileMode.Append, there, ct);
            if (ContentHash.Matches(part, info.SizeBytes, info.Hash.Span))
            {
                progress.Skip(0, there);
                Complete(path);
                return;
            }
        }

        // (3)
        await AppendAsync(request, part, FileMode.Create, request.Offset, ct);
        Complete(path);
    }

    /// <summary>Adds to a file what it lacks of its end.</summary>
    /// <exception cref="Failure">It has more than the file in the repo.</exception>
    public async Task AddMissingAsync(GetFileRequest request, FileInfo info, string path, CancellationToken ct)
    {
        var there = new System.IO.FileInfo(path).Length;
        if (there > info.SizeBytes)
        {
            throw new Failure(
                $"{path} has {there} bytes, {info.File.Path} in the repo only {info.SizeBytes}: delete it, or get without --retry"
            );
        }

        await AppendAsync(request, path, FileMode.Append, there, ct);
        progress.Add(1, 0);
    }

    /// <summary>Writes straight to what is no file on disk: a pipe, a device, a terminal.</summary>
    public async Task CopyAsync(GetFileRequest request, Stream target, CancellationToken ct)
    {
        await foreach (var piece in pach.StreamAsync(PfsMethods.GetFile, request, ct))
        {
            await target.WriteAsync(piece.Value.Memory, ct);
            progress.Add(0, piece.Value.Length);
        }

        progress.Add(1, 0);
    }

    private void Complete(string path)
    {
        PartFile.Complete(path);
        progress.Add(1, 0);
    }

    /// <summary>Goes on where it stopped when the connection is lost.</summary>
    private async Task AppendAsync(
        GetFileRequest request,
        string path,
        FileMode mode,
        long offset,
        CancellationToken ct
    )
    {
        await reconnecting.RunAsync(WriteAsync, ct);

        async Task WriteAsync()
        {
            await foreach (var piece in PiecesAsync(request, path, mode, offset, ct))
            {
                offset += piece;
                mode = FileMode.Append;
                progress.Add(0, piece);
            }
        }
    }

    /// <summary>The lengths of the pieces as they are written. What is refused must not leave an empty file: the first comes first.</summary>
    private async IAsyncEnumerable<int> PiecesAsync(
        GetFileRequest request,
        string path,
        FileMode mode,
        long offset,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var rest = request.Clone();
        rest.Offset = offset;
        await using var pieces = pach.StreamAsync(PfsMethods.GetFile, rest, ct).GetAsyncEnumerator(ct);
        var hasPiece = await pieces.MoveNextAsync();
        await using var file = new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (; hasPiece; hasPiece = await pieces.MoveNextAsync())
        {
            await file.WriteAsync(pieces.Current.Value.Memory, ct);
            yield return pieces.Current.Value.Length;
        }
    }
}
