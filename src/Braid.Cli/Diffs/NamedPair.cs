using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Diffs;

/// <summary>
/// Two files that the command line names by two paths are compared with each other, although the server tells of them as one
/// that was added and one that was removed.
/// </summary>
internal static class NamedPair
{
    public static async IAsyncEnumerable<DiffFileResponse> JoinAsync(
        IAsyncEnumerable<DiffFileResponse> differences,
        DiffFileRequest request
    )
    {
        DiffFileResponse? held = null;
        await foreach (var difference in differences)
        {
            if (held is null && IsNamed(difference, request))
            {
                held = difference;
            }
            else if (held is not null && IsNamed(difference, request))
            {
                held.MergeFrom(difference);
                if (held.NewFile.Hash == held.OldFile.Hash)
                {
                    yield break; // two files that are named are all there is
                }
            }
            else
            {
                yield return difference;
            }
        }

        if (held is not null)
        {
            yield return held;
        }
    }

    /// <summary>One side is the file of that name, and the other is nothing.</summary>
    private static bool IsNamed(DiffFileResponse difference, DiffFileRequest request) =>
        difference.OldFile is null
            ? Is(difference.NewFile, request.NewFile)
            : difference.NewFile is null && request.OldFile is { } old && Is(difference.OldFile, old);

    private static bool Is(FileInfo? file, Braid.Protos.Pfs.File named) =>
        file is { FileType: FileType.File } && file.File.Path.Trim('/') == named.Path.Trim('/');
}
