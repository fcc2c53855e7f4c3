using System.Runtime.CompilerServices;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;
using PfsFile = Braid.Protos.Pfs.File;

namespace Braid.Cli.Downloads;

/// <summary>The files of a directory, or that a pattern matches, with those below the directories among them, in path order.</summary>
internal static class Listing
{
    public static async IAsyncEnumerable<FileInfo> FilesAsync(
        PachClient pach,
        PfsFile pattern,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var within = "";
        await foreach (var match in MatchesAsync(pach, pattern, ct))
        {
            if (within.Length > 0 && match.File.Path.StartsWith(within, StringComparison.Ordinal))
            {
                continue;
            }

            if (match.FileType == FileType.File)
            {
                yield return match;
                continue;
            }

            within = match.File.Path;
            await foreach (var file in WalkAsync(pach, match.File, ct))
            {
                yield return file;
            }
        }
    }

    private static IAsyncEnumerable<FileInfo> MatchesAsync(PachClient pach, PfsFile pattern, CancellationToken ct) =>
        pattern.Path.Trim('/').Length == 0
            ? WalkAsync(pach, new() { Commit = pattern.Commit, Path = "/" }, ct)
            : pach.StreamAsync(
                PfsMethods.GlobFile,
                new GlobFileRequest { Commit = pattern.Commit, Pattern = pattern.Path },
                ct
            );

    private static async IAsyncEnumerable<FileInfo> WalkAsync(
        PachClient pach,
        PfsFile directory,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var file in pach.StreamAsync(PfsMethods.WalkFile, new WalkFileRequest { File = directory }, ct))
        {
            if (file.FileType == FileType.File)
            {
                yield return file;
            }
        }
    }
}
