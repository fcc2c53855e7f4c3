using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.scalar_metrics_iter_raw</c>: every value of one metric's variants, one after the other, in pages; a scroll id is the
/// last variant and iteration that were read. The page after the last is empty.
/// </summary>
internal static class GetRawScalars
{
    private const int usualSize = 10_000;

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var owner = fields.Owner();
        var names = fields.Metrics("metric") ?? [];
        var size = (int)Math.Clamp(fields.Whole("batch_size") ?? usualSize, 1, usualSize);
        var key = fields.Text("key") ?? "iter";
        var scroll = ScrollId.Read(fields, Position.Read);
        if (names.Count == 0)
        {
            fields.Refuse(Errors.MissingField("metric"));
        }

        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var listed = await call.Rooms.Series.ListAsync(call.Caller, [owner], ct);
        if (!listed.TryGet(out var all, out var error))
        {
            return error;
        }

        var chosen = all.Select(series => series.Name)
            .Where(series => names.Any(name => Matches(name, series)))
            .OrderBy(series => series.Metric, StringComparer.Ordinal)
            .ThenBy(series => series.Variant, StringComparer.Ordinal)
            .ToList();
        var start = scroll is null ? await StartAsync(call, owner, chosen, ct) : Result.Ok(scroll);
        return start.TryGet(out var at, out var unreadable)
            ? await PageAsync(call, owner, chosen, at, size, key, ct)
            : unreadable;
    }

    private static bool Matches((string Metric, string? Variant) name, SeriesName series) =>
        name.Metric == series.Metric && (name.Variant ?? series.Variant) == series.Variant;

    private static async Task<Result<Position>> StartAsync(
        ApiCall call,
        SeriesOwner owner,
        IReadOnlyList<SeriesName> series,
        CancellationToken ct
    )
    {
        var counts = await call.Rooms.Series.CountStepsAsync(call.Caller, owner, series, ct);
        return counts.Select(steps => new Position(steps.Sum(), null, 0));
    }

    private static async Task<Result<JsonObject>> PageAsync(
        ApiCall call,
        SeriesOwner owner,
        IReadOnlyList<SeriesName> series,
        Position at,
        int size,
        string key,
        CancellationToken ct
    )
    {
        var (variants, returned) = (new JsonObject(), 0);
        foreach (var name in series.Where(name => !at.IsPast(name.Variant)))
        {
            if (returned == size)
            {
                break;
            }

            var page = new StepPage(size - returned, at.Variant == name.Variant ? at.Step : null);
            var read = await call.Rooms.Series.StepsAsync(call.Caller, owner, name, page, ct);
            if (!read.TryGet(out var samples, out var refused))
            {
                return refused;
            }

            if (samples.Count > 0)
            {
                variants[name.Variant] = Of(samples, key);
                returned += samples.Count;
                at = at with { Variant = name.Variant, Step = samples[^1].Step };
            }
        }

        return new JsonObject
        {
            ["variants"] = variants,
            ["total"] = at.Total,
            ["returned"] = returned,
            ["scroll_id"] = at.ToText(),
        };
    }

    private static JsonObject Of(IReadOnlyList<Sample> samples, string key) =>
        new()
        {
            ["y"] = new JsonArray([.. samples.Select(sample => Numbers.Of(sample.Value))]),
            [key] = new JsonArray([
                .. samples.Select(sample =>
                    (JsonNode)(key == "iter" ? Iterations.ToWire(sample.Step) : sample.TimestampMs)
                ),
            ]),
        };

    /// <summary>How far a client has read.</summary>
    private sealed record Position(long Total, string? Variant, long Step)
    {
        public static Position Read(JsonArray parts) =>
            new(parts[0]!.GetValue<long>(), parts[1]?.GetValue<string>(), parts[2]!.GetValue<long>());

        /// <summary>Whether all of a variant has been read.</summary>
        public bool IsPast(string variant) => Variant is not null && string.CompareOrdinal(variant, Variant) < 0;

        public string ToText() => ScrollId.Write(Total, Variant, Step);
    }
}
