using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Plots;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.get_multi_task_plots</c>: the newest iterations of each plot of several tasks, to compare:
/// <c>{metric:{variant:{task:{iteration:{name,plots}}}}}</c>.
/// </summary>
internal static class GetPlotsOfTasks
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var owners = fields.Owners();
        var query = new PlotQuery(owners, PlotKind.Plot)
        {
            Names = fields.Metrics(),
            Iterations = (int)Math.Clamp(fields.Whole("iters") ?? 1, 1, int.MaxValue),
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var titles = await EventOwners.NamesAsync(call, owners, ct);
        var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
        return titles.Then(names =>
            found.Select(page => new JsonObject
            {
                ["plots"] = Nested(page.Items, names),
                ["returned"] = page.Items.Count,
                ["total"] = page.Items.Count,
                ["scroll_id"] = null,
            })
        );
    }

    private static JsonObject Nested(IReadOnlyList<PlotEvent> plots, Dictionary<Hex32, string> names)
    {
        var all = new JsonObject();
        foreach (var plot in plots)
        {
            var ofTask = Below(Below(Below(all, plot.Metric), plot.Variant), plot.Owner.ToString());
            var iteration = Below(ofTask, $"{Iterations.ToWire(plot.Iteration)}");
            iteration["name"] = names.GetValueOrDefault(plot.Owner, "");
            if (iteration["plots"] is not JsonArray shown)
            {
                iteration["plots"] = shown = [];
            }

            shown.Add(EventReply.Of(plot));
        }

        return all;
    }

    private static JsonObject Below(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }
}
