using System.IO.Pipelines;
using Braid.Data.Content;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Storage.Trees;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>
/// Files and directories as a tar archive: absolute names, directories with a trailing slash, nothing but name and size in
/// the headers.
/// </summary>
internal sealed class TarArchive(Braid.Data.Content.Files files, Access.Callers.Caller caller)
{
    /// <summary>What is worth sending in one go; small files leave together.</summary>
    private const int batchLength = 64 * 1024;

    public async Task WriteAsync(FileListing listing, Pfs.PathRange? range, PipeWriter to, CancellationToken ct)
    {
        await foreach (var entry in listing.Entries.Within(range).WithCancellation(ct))
        {
            await WriteAsync(listing, entry, to, ct);
            if (to.UnflushedBytes >= batchLength && (await to.FlushAsync(ct)).IsCompleted)
            {
                return;
            }
        }

        TarFrame.WriteEnd(to);
        await to.FlushAsync(ct);
    }

    private async ValueTask WriteAsync(FileListing listing, TreeEntry entry, PipeWriter to, CancellationToken ct)
    {
        var isDirectory = entry.Kind == EntryKind.Directory;
        TarFrame.WriteHeader(to, entry.Path, isDirectory ? 0 : entry.Size, isDirectory);
        if (!isDirectory)
        {
            var opened = files.Open(caller, new(listing.Commit, entry)).OrEndCall();
            await opened.WriteToAsync(to, ct);
            TarFrame.WritePadding(to, entry.Size);
        }
    }
}
