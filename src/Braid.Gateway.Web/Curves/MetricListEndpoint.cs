using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Curves;

/// <summary><c>GET /api/runs/ID/metrics</c>: what is known of a run's metrics without reading them.</summary>
internal sealed class MetricListEndpoint(WebRooms rooms, BrowserSession session)
{
    public Task AnswerAsync(HttpContext context) => new CallerAnswer(session).SendAsync(context, ReadAsync);

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, RunId id, CancellationToken ct)
    {
        var run = await rooms.Runs.StatusAsync(caller, id, ct);
        var series = run.IsOk ? await rooms.Series.ListAsync(caller, [id], ct) : run.Error;
        return series.Select(list => new JsonObject { ["metrics"] = Answer.List(list, Write) });
    }

    public static JsonObject Write(SeriesSummary series) =>
        new()
        {
            ["key"] = series.Name.Key,
            ["count"] = series.Count,
            ["last"] = Answer.Number(series.Last.Value),
            ["lastStep"] = series.Last.Step == Point.SingleValueStep ? null : series.Last.Step,
            ["min"] = Answer.Number(series.Min.Value),
            ["max"] = Answer.Number(series.Max.Value),
        };
}
