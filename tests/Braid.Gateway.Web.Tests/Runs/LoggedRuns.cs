using System.Text.Json.Nodes;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Tests.Runs;

/// <summary>Runs to look for, and asking for them.</summary>
internal static class LoggedRuns
{
    public static async Task<RunId> CreateAsync(WebHost host, string name, double loss, params string[] labels)
    {
        var created = await host.Rooms.Runs.CreateAsync(
            WebHost.Internal,
            new()
            {
                Protocol = "braid",
                Name = name,
                Status = RunStatus.InProgress,
                With = new()
                {
                    Parameters = new() { Set = [new("General", "lr", "0.1"), new("Args", "depth", $"{name.Length}")] },
                    Labels = labels,
                },
            },
            default
        );
        Point[] points = [new("loss", "loss", 0, 1000, loss + 1), new("loss", "loss", 1, 2000, loss)];
        await host.Rooms.Series.AppendAsync(WebHost.Internal, created.Value.Id, points, default);
        return created.Value.Id;
    }

    public static async Task<JsonObject> AskAsync(WebHost host, string path)
    {
        using var answer = await host.Client.GetAsync(path);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
