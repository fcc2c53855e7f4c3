using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Plots;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.get_task_plots</c>: the newest iterations of each plot, all at once.</summary>
internal static class GetPlots
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var query = new PlotQuery([fields.Owner()], PlotKind.Plot)
        {
            Names = fields.Metrics(),
            Iterations = (int)Math.Clamp(fields.Whole("iters") ?? 1, 1, int.MaxValue),
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
        return found.Select(page => new JsonObject
        {
            ["plots"] = new JsonArray([.. page.Items.Select(EventReply.Of)]),
            ["returned"] = page.Items.Count,
            ["total"] = page.Items.Count,
            ["scroll_id"] = null,
        });
    }
}
