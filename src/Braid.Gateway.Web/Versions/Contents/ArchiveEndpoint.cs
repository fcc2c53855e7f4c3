using System.Formats.Tar;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Gateway.Web.Login;
using Braid.Storage.Trees;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary>
/// <c>GET .../commits/C/archive?path=</c>: everything below a directory as a tar file, sent as it is read; names begin at the directory.
/// </summary>
internal sealed class ArchiveEndpoint(WebRooms rooms, BrowserSession session)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var asked = await new RepoAnswer(session).FindAsync(context);
        if (!asked.TryGet(out var question, out var bad))
        {
            await Answer.SendAsync(context, bad);
            return;
        }

        var (caller, at) = question;
        var found = await rooms.Data.Files.WalkAsync(caller, at, after: null, context.RequestAborted);
        if (!found.TryGet(out var listing, out var missing))
        {
            await Answer.SendAsync(context, missing);
            return;
        }

        var folder = at.Path.Split('/')[^1] is { Length: > 0 } name ? name : at.Repo.Name;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{folder}.tar");
        context.Response.ContentType = "application/x-tar";
        context.Response.Headers.ContentDisposition = disposition.ToString();
        await WriteAsync(
            context.Response.Body,
            caller,
            listing,
            at.Path.TrimEnd('/').Length,
            folder,
            context.RequestAborted
        );
    }

    private async Task WriteAsync(
        Stream to,
        Caller caller,
        FileListing listing,
        int below,
        string folder,
        CancellationToken ct
    )
    {
        await using var tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true);
        await foreach (var entry in listing.Entries.WithCancellation(ct))
        {
            if (entry.Kind != EntryKind.File)
            {
                continue;
            }

            await using var bytes = rooms.Data.Files.Open(caller, new(listing.Commit, entry)).Value.OpenRead();
            var member = new PaxTarEntry(TarEntryType.RegularFile, $"{folder}{entry.Path[below..]}")
            {
                DataStream = bytes,
                ModificationTime = listing.Commit.Finished ?? listing.Commit.Started,
            };
            await tar.WriteEntryAsync(member, ct);
        }
    }
}
