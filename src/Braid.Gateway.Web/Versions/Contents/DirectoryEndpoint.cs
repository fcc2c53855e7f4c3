using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Storage.Trees;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary>
/// <c>GET .../commits/C/files?path=&amp;sort=&amp;prefix=&amp;offset=&amp;count=</c>: what is at a path, and, of a directory, some of its children and
/// how many there are.
/// </summary>
internal sealed class DirectoryEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int usualCount = 200;
    private const int mostCount = 1000;

    public Task AnswerAsync(HttpContext context) =>
        new RepoAnswer(session).SendAsync(
            context,
            (Caller caller, FileAt at, CancellationToken ct) => AnswerAsync(context, caller, at, ct)
        );

    private async Task<Result<JsonObject>> AnswerAsync(
        HttpContext context,
        Caller caller,
        FileAt at,
        CancellationToken ct
    )
    {
        if (!(await rooms.Data.Files.InspectAsync(caller, at, ct)).TryGet(out var found, out var missing))
        {
            return missing;
        }

        var written = new JsonObject
        {
            ["entry"] = Write(found.Entry),
            ["commit"] = VersionJson.Write(found.Commit, null),
        };
        if (found.Entry.Kind == EntryKind.File)
        {
            return written;
        }

        var order = ChildOrder.Parse(Asked.Text(context, "sort"));
        var options = new ListOptions { Prefix = Asked.Text(context, "prefix"), Reverse = order.IsBackward };
        var listed = await rooms.Data.Files.ListAsync(caller, at, options, ct);
        if (!listed.TryGet(out var listing, out var refused))
        {
            return refused;
        }

        var children = await Children.ReadAsync(
            listing.Entries,
            order,
            Asked.Number(context, "offset", 0, Children.Most),
            Asked.Number(context, "count", usualCount, mostCount),
            ct
        );
        written["total"] = children.Total;
        written["isCut"] = children.IsCut;
        written["children"] = Answer.List(children.Page, Write);
        return written;
    }

    private static JsonObject Write(TreeEntry entry) =>
        new()
        {
            ["name"] = entry.Name,
            ["isFolder"] = entry.Kind == EntryKind.Directory,
            ["size"] = entry.Size,
            ["files"] = entry.Files,
            ["hash"] = $"{entry.ContentHash}",
        };
}
