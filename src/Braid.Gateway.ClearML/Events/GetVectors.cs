using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Plots;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.vector_metrics_iter_histogram</c>: the vectors of one metric and variant, by iteration; the newest, where they are many.</summary>
internal static class GetVectors
{
    private const int most = 6000;

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var query = new PlotQuery([fields.Owner()], PlotKind.Vector)
        {
            Names = [(fields.RequiredText("metric"), fields.RequiredText("variant"))],
            Descending = true,
            Limit = most,
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
        return found.Select(page => new JsonObject
        {
            ["images"] = new JsonArray([.. page.Items.Reverse().Select(EventReply.Of)]),
        });
    }
}
