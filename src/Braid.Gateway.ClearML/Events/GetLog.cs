using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Logs;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.get_task_log</c>: a page of the log beyond a time, going back in time unless told otherwise.</summary>
internal static class GetLog
{
    private const int usualSize = 5000;
    private const int largestSize = 10_000;

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var page = new LogPage
        {
            FromMs = fields.Whole("from_timestamp"),
            Backward = fields.Flag("navigate_earlier") ?? true,
            Size = (int)Math.Clamp(fields.Whole("batch_size") ?? usualSize, 1, largestSize),
        };
        var order = fields.Text("order");
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Logs.ReadAsync(call.Caller, id, page, ct);
        var total = await call.Rooms.Logs.CountAsync(call.Caller, id, ct);
        return found.Then(lines => total.Select(count => Reply(id, InOrder(lines, page, order), count)));
    }

    /// <summary>The page comes in the direction it was read; the client may want it in the other.</summary>
    private static IEnumerable<LogLine> InOrder(IReadOnlyList<LogLine> lines, LogPage page, string? order) =>
        order is not null && (order == "desc") != page.Backward ? lines.Reverse() : lines;

    private static JsonObject Reply(RunId id, IEnumerable<LogLine> lines, long total)
    {
        var events = new JsonArray([.. lines.Select(line => EventReply.Of(id, line))]);
        return new()
        {
            ["returned"] = events.Count,
            ["total"] = total,
            ["events"] = events,
        };
    }
}
