using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Storage.Trees;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary>
/// <c>GET .../commits/C/changes?from=&amp;path=&amp;offset=&amp;count=</c>: the files that differ from another commit of the repo (without
/// <c>from</c>: from the parent), some of them in the order of their paths, all of them counted.
/// </summary>
internal sealed class ChangesEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int usualCount = 200;
    private const int mostCount = 1000;

    /// <summary>So many are counted; it bounds what a request takes.</summary>
    private const int mostCounted = 100_000;

    public Task AnswerAsync(HttpContext context) =>
        new RepoAnswer(session).SendAsync(
            context,
            async (Caller caller, FileAt at, CancellationToken ct) =>
                Asked.Commit(context, "from").TryGet(out var from, out var bad)
                    ? await AnswerAsync(context, caller, at, from, ct)
                    : bad
        );

    private async Task<Result<JsonObject>> AnswerAsync(
        HttpContext context,
        Caller caller,
        FileAt at,
        CommitSpec? from,
        CancellationToken ct
    )
    {
        FileAt? old = from is null ? null : at with { Commit = from };
        var found = await rooms.Data.Files.DiffAsync(caller, at, old, ct);
        if (!found.TryGet(out var differences, out var refused))
        {
            return refused;
        }

        var offset = Asked.Number(context, "offset", 0, mostCounted);
        var count = Asked.Number(context, "count", usualCount, mostCount);
        var tally = new ChangeTally();
        var page = new JsonArray();
        await foreach (var change in differences.Changes.Where(IsOfFile).Take(mostCounted).WithCancellation(ct))
        {
            if (tally.Total >= offset && page.Count < count)
            {
                page.Add(Write(change));
            }

            tally.Add(change);
        }

        return new JsonObject
        {
            ["old"] = differences.Old is { } before ? VersionJson.Write(before, null) : null,
            ["new"] = VersionJson.Write(differences.New, null),
            ["added"] = tally.Added,
            ["removed"] = tally.Removed,
            ["changed"] = tally.Changed,
            ["isCut"] = tally.Total == mostCounted,
            ["changes"] = page,
        };
    }

    private static bool IsOfFile(TreeChange change) => change.Kind == EntryKind.File;

    private static JsonObject Write(TreeChange change) =>
        new()
        {
            ["path"] = change.Path,
            ["oldSize"] = change.Old?.Size,
            ["newSize"] = change.New?.Size,
        };
}
