using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Logs;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.get_task_log</c>: a page of the log beyond a time, going back in time unless told otherwise. Before 2.9: page by page
/// from its head, or from its tail, with a scroll id.
/// </summary>
internal static class GetLog
{
    private const int usualSize = 5000;
    private const int largestSize = 10_000;

    private static readonly ApiVersion byTime = new(2, 9);

    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        call.Version.CompareTo(byTime) < 0 ? ScrollAsync(call, ct) : ByTimeAsync(call, ct);

    private static async Task<Result<JsonObject>> ByTimeAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var page = new LogPage
        {
            FromMs = fields.Whole("from_timestamp"),
            Backward = fields.Flag("navigate_earlier") ?? true,
            Size = Size(fields),
        };
        var order = fields.Text("order");
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Logs.ReadAsync(call.Caller, id, page, ct);
        var total = await call.Rooms.Logs.CountAsync(call.Caller, id, ct);
        return found.Then(lines => total.Select(count => Reply(id, InOrder(lines, page.Backward, order), count)));
    }

    private static async Task<Result<JsonObject>> ScrollAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var (id, size, isBackward) = (fields.Task(), Size(fields), fields.Text("from") == "tail");
        var (order, scroll) = (fields.Text("order") ?? "asc", ScrollId.Read(fields, EventScroll.Read));
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var counted = await call.Rooms.Logs.CountAsync(call.Caller, id, ct);
        if (!counted.TryGet(out var count, out var error))
        {
            return error;
        }

        var at = scroll ?? new EventScroll(0, count, null, 0);
        var slice = new LogSlice(at.LinesRead, size, at.Lines) { Backward = isBackward };
        var found = await call.Rooms.Logs.SliceAsync(call.Caller, id, slice, ct);
        return found.Select(lines =>
        {
            var reply = Reply(id, InOrder(lines, isBackward, order), count);
            reply["scroll_id"] = (at with { LinesRead = at.LinesRead + lines.Count }).ToText();
            return reply;
        });
    }

    private static int Size(Fields fields) => (int)Math.Clamp(fields.Whole("batch_size") ?? usualSize, 1, largestSize);

    /// <summary>The page comes in the direction it was read; the client may want it in the other.</summary>
    private static IEnumerable<LogLine> InOrder(IReadOnlyList<LogLine> lines, bool isBackward, string? order) =>
        order is not null && (order == "desc") != isBackward ? lines.Reverse() : lines;

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
