using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Logs;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.get_task_events</c>: everything of one type (or of all) by iteration, then metric and variant; the log, which has
/// no iterations, behind; in pages. The page after the last is empty: clients read until then.
/// </summary>
internal static class GetEvents
{
    private const int usualSize = 500;
    private const int largestSize = 10_000;

    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var order = new EventOrder(fields.Text("order") == "desc");
        var wanted = new EventSelection(fields.Owner(), fields.Text("event_type") ?? "*", fields.Metrics(), order);
        return ReadAsync(call, wanted, ct);
    }

    /// <summary><c>events.get_scalar_metric_data</c>: the values of one metric, newest first.</summary>
    public static Task<Result<JsonObject>> OfMetricAsync(ApiCall call, CancellationToken ct)
    {
        var metric = call.Fields.RequiredText("metric");
        var newestFirst = new EventOrder(isDescending: true);
        return ReadAsync(call, new(call.Fields.Owner(), EventTypes.Scalar, [(metric, null)], newestFirst), ct);
    }

    private static async Task<Result<JsonObject>> ReadAsync(ApiCall call, EventSelection wanted, CancellationToken ct)
    {
        var fields = call.Fields;
        var size = (int)Math.Clamp(fields.Whole("batch_size") ?? usualSize, 1, largestSize);
        var scroll = ScrollId.Read(fields, EventScroll.Read);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await EventSources.FindAsync(call, wanted, ct);
        if (!found.TryGet(out var sources, out var error))
        {
            return error;
        }

        var start = scroll is null ? await StartAsync(call, wanted, sources, ct) : Result.Ok(scroll);
        return start.TryGet(out var at, out var unreadable)
            ? await PageAsync(call, wanted, sources, at, size, ct)
            : unreadable;
    }

    /// <summary>What there is, is counted once for all pages.</summary>
    private static async Task<Result<EventScroll>> StartAsync(
        ApiCall call,
        EventSelection wanted,
        EventSources sources,
        CancellationToken ct
    )
    {
        var events = await sources.CountAsync(ct);
        Result<long> lines = wanted.WantsLog
            ? await call.Rooms.Logs.CountAsync(call.Caller, new(wanted.Owner.Id), ct)
            : 0;
        return events.Then(count => lines.Select(more => new EventScroll(count, more, null, 0)));
    }

    private static async Task<Result<JsonObject>> PageAsync(
        ApiCall call,
        EventSelection wanted,
        EventSources sources,
        EventScroll at,
        int size,
        CancellationToken ct
    )
    {
        var merged = await new EventMerge(sources.Lanes, wanted.Order).ReadAsync(at.After, size, ct);
        if (!merged.TryGet(out var found, out var error))
        {
            return error;
        }

        var events = found.Select(one => one.Event).ToList();
        var next = found.Count > 0 ? at with { After = found[^1].Key } : at;
        if (events.Count < size && at.Lines > 0)
        {
            var log = await LogAsync(call, wanted, at, size - events.Count, ct);
            if (!log.TryGet(out var lines, out var refused))
            {
                return refused;
            }

            events.AddRange(lines);
            next = next with { LinesRead = at.LinesRead + lines.Count };
        }

        return new JsonObject
        {
            ["returned"] = events.Count,
            ["total"] = at.Events + at.Lines,
            ["scroll_id"] = next.ToText(),
            ["events"] = new JsonArray([.. events]),
        };
    }

    /// <summary>Of the lines that there were at the first page.</summary>
    private static async Task<Result<IReadOnlyList<JsonObject>>> LogAsync(
        ApiCall call,
        EventSelection wanted,
        EventScroll at,
        int size,
        CancellationToken ct
    )
    {
        var run = new RunId(wanted.Owner.Id);
        var page = new LogSlice(at.LinesRead, (int)Math.Min(size, at.Lines - at.LinesRead), at.Lines)
        {
            Backward = wanted.Order.IsDescending,
        };
        var found = await call.Rooms.Logs.SliceAsync(call.Caller, run, page, ct);
        return found.Select<IReadOnlyList<JsonObject>>(lines => [.. lines.Select(line => EventReply.Of(run, line))]);
    }
}
