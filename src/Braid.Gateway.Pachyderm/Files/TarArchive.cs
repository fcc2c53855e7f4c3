using System.Formats.Tar;
using System.IO.Pipelines;
using Braid.Data.Content;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Storage.Trees;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>
/// What a glob matched, with everything below the directories among it, as a tar archive: absolute names, directories with a
/// trailing slash, nothing but name and size in the headers.
/// </summary>
internal sealed class TarArchive(Braid.Data.Content.Files files, Access.Callers.Caller caller, FileAt pattern)
{
    public async Task WriteAsync(FileListing matches, Pfs.PathRange? range, PipeWriter to, CancellationToken ct)
    {
        await using var stream = to.AsStream(leaveOpen: true);
        await using var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true);
        await foreach (var entry in WithContents(matches, ct))
        {
            if (range.Includes(entry.Path))
            {
                await WriteAsync(tar, matches, entry, ct);
            }
        }
    }

    /// <summary>The matches in path order; what lies in a directory that is written already is not written again.</summary>
    private async IAsyncEnumerable<TreeEntry> WithContents(
        FileListing matches,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var within = "";
        await foreach (var match in matches.Entries.WithCancellation(ct))
        {
            if (within.Length > 0 && match.Path.StartsWith(within, StringComparison.Ordinal))
            {
                continue;
            }

            if (match.Kind == EntryKind.File)
            {
                yield return match;
                continue;
            }

            within = match.Path;
            var below = await files.WalkAsync(caller, At(matches, match.Path), after: null, ct);
            await foreach (var entry in below.OrEndCall().Entries.WithCancellation(ct))
            {
                yield return entry;
            }
        }
    }

    private async Task WriteAsync(TarWriter tar, FileListing matches, TreeEntry entry, CancellationToken ct)
    {
        var kind = entry.Kind == EntryKind.Directory ? TarEntryType.Directory : TarEntryType.RegularFile;
        var header = new GnuTarEntry(kind, entry.Path) { ModificationTime = DateTimeOffset.UnixEpoch };
        if (entry.Kind == EntryKind.Directory)
        {
            await tar.WriteEntryAsync(header, ct);
            return;
        }

        var opened = await files.OpenAsync(caller, At(matches, entry.Path), ct);
        await using var content = opened.OrEndCall().OpenRead();
        header.DataStream = content;
        await tar.WriteEntryAsync(header, ct);
    }

    /// <summary>A path of the very commit that was matched, wherever its branch has moved meanwhile.</summary>
    private FileAt At(FileListing matches, string path) =>
        pattern with
        {
            Commit = Braid.Data.Naming.CommitSpec.OfId(matches.Commit.Name.Id),
            Path = path,
        };
}
