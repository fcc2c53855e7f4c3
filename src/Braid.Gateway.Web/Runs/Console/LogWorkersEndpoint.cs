using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Console;

/// <summary>
/// <c>GET /api/runs/ID/log/workers</c>: who printed how many lines; with <c>?worker=</c> also which: the places of its lines, as pairs of
/// a first place and a count. The whole console is read for it, up to a bound.
/// </summary>
internal sealed class LogWorkersEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostLines = 5_000_000;

    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            (caller, run, ct) =>
                ReadAsync(
                    caller,
                    run,
                    context.Request.Query.TryGetValue("worker", out var worker) ? worker.ToString() : null,
                    ct
                )
        );

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, RunId run, string? worker, CancellationToken ct)
    {
        var lines = await rooms.Logs.FollowAsync(caller, run, from: 0, tail: null, datum: null, follow: false, ct);
        if (!lines.IsOk)
        {
            return lines.Error;
        }

        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var places = new List<(long From, long Count)>();
        await foreach (var line in lines.Value.Take(mostLines).WithCancellation(ct))
        {
            counts[line.Worker] = counts.GetValueOrDefault(line.Worker) + 1;
            if (line.Worker == worker)
            {
                Add(places, line.Number);
            }
        }

        return new JsonObject
        {
            ["workers"] = Answer.List(counts, one => new JsonObject { ["worker"] = one.Key, ["lines"] = one.Value }),
            ["places"] = Answer.List(places.SelectMany(range => new[] { range.From, range.Count }), number => number),
        };
    }

    private static void Add(List<(long From, long Count)> places, long number)
    {
        if (places is [.., var last] && last.From + last.Count == number)
        {
            places[^1] = (last.From, last.Count + 1);
        }
        else
        {
            places.Add((number, 1));
        }
    }
}
