using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.get_task_events</c>: everything of one type (or of all), series after series, in pages. The page after the last
/// is empty: clients read until then. A scroll id is the position itself, <c>source.offset</c>, so nothing is kept for it.
/// </summary>
internal static class GetEvents
{
    private const int usualSize = 500;
    private const int largestSize = 10_000;

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var wanted = new EventSelection(
            fields.Owner(),
            fields.Text("event_type") ?? "*",
            fields.Metrics(),
            fields.Text("order") == "desc"
        );
        return await ReadAsync(call, wanted, ct);
    }

    /// <summary><c>events.get_scalar_metric_data</c>: the values of one metric, newest first.</summary>
    public static Task<Result<JsonObject>> OfMetricAsync(ApiCall call, CancellationToken ct)
    {
        var metric = call.Fields.RequiredText("metric");
        return ReadAsync(call, new(call.Fields.Owner(), EventTypes.Scalar, [(metric, null)], IsDescending: true), ct);
    }

    private static async Task<Result<JsonObject>> ReadAsync(ApiCall call, EventSelection wanted, CancellationToken ct)
    {
        var fields = call.Fields;
        var size = (int)Math.Clamp(fields.Whole("batch_size") ?? usualSize, 1, largestSize);
        var start = ReadPosition(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await EventSources.FindAsync(call, wanted, ct);
        return found.TryGet(out var sources, out var error) ? await PageAsync(sources, start, size, ct) : error;
    }

    private static async Task<Result<JsonObject>> PageAsync(
        EventSources sources,
        (int Source, int Offset) at,
        int size,
        CancellationToken ct
    )
    {
        var events = new List<JsonObject>();
        while (at.Source < sources.All.Count && events.Count < size)
        {
            var missing = size - events.Count;
            var read = await sources.All[at.Source](at.Offset, missing, ct);
            if (!read.TryGet(out var more, out var error))
            {
                return error;
            }

            events.AddRange(more);
            at = more.Count < missing ? (at.Source + 1, 0) : (at.Source, at.Offset + more.Count);
        }

        return new JsonObject
        {
            ["returned"] = events.Count,
            ["total"] = sources.Total,
            ["scroll_id"] = $"{at.Source}.{at.Offset}",
            ["events"] = new JsonArray([.. events]),
        };
    }

    private static (int Source, int Offset) ReadPosition(Fields fields)
    {
        var parts = fields.Text("scroll_id") is { Length: > 0 } id ? id.Split('.') : ["0", "0"];
        if (parts is [var source, var offset] && TryNumber(source, out var first) && TryNumber(offset, out var second))
        {
            return (first, second);
        }

        fields.Refuse(Errors.InvalidScroll());
        return default;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
