using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Workers;
using Braid.Primitives;
using Braid.Tracking.Queues;

namespace Braid.Gateway.ClearML.Queues;

/// <summary><c>queues.get_queue_metrics</c>: how long queues were, and how long what was in them had waited.</summary>
internal static class QueueCharts
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var span = call.Fields.Span();
        var queues = call.Fields.Queues("queue_ids");
        var refreshes = call.Fields.Flag("refresh") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        if (refreshes && (await call.Rooms.QueueHistory.RefreshAsync(call.Caller, ct)).Error is { } refused)
        {
            return refused;
        }

        var found = await call.Rooms.QueueHistory.PointsAsync(
            call.Caller,
            queues is { Count: > 0 } ? queues : null,
            span,
            ct
        );
        return found.Select(points => new JsonObject
        {
            ["queues"] = new JsonArray([.. points.GroupBy(point => point.Queue).Select(Of)]),
        });
    }

    private static JsonObject Of(IGrouping<QueueId, QueuePoint> queue) =>
        new()
        {
            ["queue"] = queue.Key.ToString(),
            ["dates"] = new JsonArray([.. queue.Select(point => (JsonNode)point.At.ToUnixTimeSeconds())]),
            ["avg_waiting_times"] = new JsonArray([.. queue.Select(point => (JsonNode)point.Wait.TotalSeconds)]),
            ["queue_lengths"] = new JsonArray([.. queue.Select(point => (JsonNode)point.Length)]),
        };
}
