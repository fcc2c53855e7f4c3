using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Plots;

/// <summary>
/// <c>GET /api/runs/ID/samples</c>: the debug samples that can still be looked at, by metric and variant, newest first. Clients use
/// file names again after some iterations: what is older than the newest use of an address shows something else by now, and is left out.
/// </summary>
internal sealed class SampleEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostOfRun = 10_000;
    private const int mostOfSeries = 500;

    public Task AnswerAsync(HttpContext context) => new CallerAnswer(session).SendAsync(context, ReadAsync);

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, RunId run, CancellationToken ct)
    {
        var seen = await rooms.Runs.StatusAsync(caller, run, ct);
        var listed = seen.IsOk ? await rooms.Plots.SeriesAsync(caller, [(SeriesOwner)run], ct) : seen.Error;
        if (!listed.IsOk)
        {
            return listed.Error;
        }

        var series = listed.Value.Where(one => one.Kind == PlotKind.DebugSample).ToList();
        var most = Math.Clamp(mostOfRun / Math.Max(1, series.Count), 1, mostOfSeries);
        var samples = new JsonArray();
        foreach (var one in series.Take(mostOfRun))
        {
            var shots = await ReadAsync(caller, run, one, most, ct);
            if (!shots.IsOk)
            {
                return shots.Error;
            }

            samples.Add(Write(one, shots.Value));
        }

        return new JsonObject { ["samples"] = samples };
    }

    private async Task<Result<IReadOnlyList<PlotEvent>>> ReadAsync(
        Caller caller,
        RunId run,
        PlotSeries series,
        int most,
        CancellationToken ct
    )
    {
        var query = new PlotQuery([(SeriesOwner)run], PlotKind.DebugSample)
        {
            Names = [(series.Metric, series.Variant)],
            Descending = true,
            Limit = most,
        };
        var found = await rooms.Plots.ListAsync(caller, query, ct);
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        return found.Select<IReadOnlyList<PlotEvent>>(page =>
            [.. page.Items.TakeWhile(shot => addresses.Add(Figure.UriOf(shot)))]
        );
    }

    private static JsonObject Write(PlotSeries series, IReadOnlyList<PlotEvent> shots) =>
        new()
        {
            ["metric"] = series.Metric,
            ["variant"] = series.Variant,
            ["shots"] = Answer.List(
                shots,
                shot => new JsonObject
                {
                    ["iteration"] = shot.Iteration,
                    ["time"] = shot.TimestampMs,
                    ["uri"] = Figure.UriOf(shot),
                }
            ),
        };
}
