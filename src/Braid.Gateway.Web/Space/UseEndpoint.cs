using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Space;

/// <summary>
/// <c>GET /api/space</c>: how many bytes the heads of repos have, and the files of runs, by project and user. What is stored once
/// for several counts for each; a plan (<see cref="SpaceEndpoints"/>) tells what the disk holds.
/// </summary>
internal sealed class UseEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostRows = 2000;

    public Task AnswerAsync(HttpContext context) => new CallerAnswer(session).SendAsync(context, ReadAsync);

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, CancellationToken ct)
    {
        var uses = await rooms.Artifacts.UsesAsync(caller, ct);
        var repos = await rooms.Data.Repos.ListAsync(caller, "", [], ct);
        if ((uses.Error ?? repos.Error) is { } refused)
        {
            return refused;
        }

        return new JsonObject
        {
            ["repos"] = Answer.List(
                repos.Value.OrderByDescending(repo => repo.Size).Take(mostRows),
                repo => new JsonObject
                {
                    ["project"] = repo.Name.Project,
                    ["repo"] = $"{repo.Name}",
                    ["bytes"] = repo.Size,
                }
            ),
            ["runs"] = Answer.List(
                uses.Value.Take(mostRows),
                use => new JsonObject
                {
                    ["project"] = use.Project,
                    ["user"] = use.UserName,
                    ["files"] = use.Files,
                    ["bytes"] = use.Bytes,
                }
            ),
            ["chunks"] = rooms.Content.ChunkCount,
        };
    }
}
