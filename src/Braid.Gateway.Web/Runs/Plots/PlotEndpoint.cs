using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Plots;

/// <summary>
/// <c>GET /api/runs/ID/plots</c>: which figures of Plotly's a run reported, with the iterations of each;
/// <c>GET /api/runs/ID/plots/figure?metric=&amp;variant=&amp;iteration=</c>: one of them.
/// </summary>
internal sealed class PlotEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostIterations = 1000;

    public Task ListAsync(HttpContext context) => new CallerAnswer(session).SendAsync(context, ListAsync);

    public Task FigureAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            (caller, run, ct) => FigureAsync(context.Request.Query, caller, run, ct)
        );

    private async Task<Result<JsonObject>> ListAsync(Caller caller, RunId run, CancellationToken ct)
    {
        var seen = await rooms.Runs.StatusAsync(caller, run, ct);
        var keys = seen.IsOk ? await rooms.Plots.KeysAsync(caller, run, PlotKind.Plot, names: null, ct) : seen.Error;
        return keys.Select(all => new JsonObject
        {
            ["plots"] = Answer.List(
                all.GroupBy(key => (key.Metric, key.Variant)).OrderBy(group => group.Key),
                group => new JsonObject
                {
                    ["metric"] = group.Key.Metric,
                    ["variant"] = group.Key.Variant,
                    ["iterations"] = Answer.List(group.TakeLast(mostIterations), key => key.Iteration),
                }
            ),
        });
    }

    private async Task<Result<JsonObject>> FigureAsync(
        IQueryCollection asked,
        Caller caller,
        RunId run,
        CancellationToken ct
    )
    {
        _ = long.TryParse(asked["iteration"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at);
        var (metric, variant) = (asked["metric"].ToString(), asked["variant"].ToString());
        var query = new PlotQuery([(SeriesOwner)run], PlotKind.Plot)
        {
            Names = [(metric, variant)],
            Range = (at, at),
            Limit = 1,
        };
        var found = await rooms.Plots.ListAsync(caller, query, ct);
        return found.Then<JsonObject>(page =>
            page.Items is [var plot]
                ? new JsonObject { ["time"] = plot.TimestampMs, ["figure"] = Figure.Of(plot) }
                : new Error(
                    ErrorKind.NotFound,
                    "web.no-such-plot",
                    $"the run has no plot '{metric}', '{variant}' of iteration {at}"
                )
        );
    }
}
