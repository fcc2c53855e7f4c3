using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary>
/// <c>GET .../commits/C/history?path=&amp;count=</c>: the commits of the line that changed a path, newest first, with the size that it had
/// from each on (null: it was removed).
/// </summary>
internal sealed class HistoryEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int usualCount = 50;
    private const int mostCount = 200;

    public Task AnswerAsync(HttpContext context) =>
        new RepoAnswer(session).SendAsync(
            context,
            (Caller caller, FileAt at, CancellationToken ct) =>
                ReadAsync(caller, at, Math.Max(1, Asked.Number(context, "count", usualCount, mostCount)), ct)
        );

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, FileAt at, int count, CancellationToken ct)
    {
        var search = await rooms.Data.Lineage.SearchAsync(caller, at.Repo, at.Commit, at.Path, count, ct);
        if (!search.TryGet(out var steps, out var refused))
        {
            return refused;
        }

        var changes = new JsonArray();
        string? next = null;
        await foreach (var step in steps.Where(step => step.IsFound).WithCancellation(ct))
        {
            // A commit may be removed while it is looked at.
            var spec = CommitSpec.OfId(step.Commit.Id);
            var found = await rooms.Data.Commits.InspectAsync(caller, at.Repo, spec, CommitState.Started, ct);
            if (!found.TryGet(out var commit, out _))
            {
                continue;
            }

            var entry = await rooms.Data.Files.InspectAsync(caller, at with { Commit = spec }, ct);
            changes.Add(
                new JsonObject
                {
                    ["commit"] = VersionJson.Write(commit, null),
                    ["size"] = entry.IsOk ? entry.Value.Entry.Size : null,
                }
            );
            next = changes.Count == count ? commit.Parent?.Id.ToString() : null;
        }

        return new JsonObject { ["changes"] = changes, ["next"] = next };
    }
}
