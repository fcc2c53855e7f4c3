using System.Diagnostics;
using System.Text.Json.Nodes;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Installations;

/// <summary><c>GET /api/installation</c>, for administrators: how the server is, and with which settings it was started.</summary>
internal sealed class InstallationEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int msDigits = 2;

    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) => caller.MayAdminister() is { } refused ? refused : Result.Ok(await ReadAsync(ct))
        );

    private async Task<JsonObject> ReadAsync(CancellationToken ct)
    {
        var nodes = await rooms.Workloads.Nodes.ListAsync(ct);
        var asked = Stopwatch.GetTimestamp();
        await rooms.Database.ReadAsync(db => db.ScalarAsync<long>("SELECT 1"), ct);
        var sweeping = rooms.Sweeper.State;
        return new()
        {
            ["id"] = rooms.Installation.Id,
            ["version"] = MeEndpoint.Version,
            ["databaseMs"] = Math.Round(Stopwatch.GetElapsedTime(asked).TotalMilliseconds, msDigits),
            ["chunks"] = rooms.Content.ChunkCount,
            ["agents"] = nodes.Count,
            ["agentsAlive"] = nodes.Count(node => node.IsAlive),
            ["reclaiming"] = sweeping.Phase.ToString().ToLowerInvariant(),
            ["reclaimFailure"] = sweeping.LastFailure,
            ["doors"] = Answer.List(
                rooms.Installation.Doors(),
                door => new JsonObject { ["name"] = door.Key, ["url"] = door.Value }
            ),
            ["settings"] = Answer.List(rooms.Installation.Settings, Write),
        };
    }

    private static JsonObject Write(Setting setting) =>
        new()
        {
            ["flag"] = setting.Flag,
            ["variable"] = setting.Variable,
            ["value"] = setting.Value,
            ["source"] = setting.Source switch
            {
                SettingSource.CommandLine => "command line",
                SettingSource.Environment => setting.Variable,
                _ => "default",
            },
            ["help"] = setting.Help,
        };
}
