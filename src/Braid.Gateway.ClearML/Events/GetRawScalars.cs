using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// <c>events.scalar_metrics_iter_raw</c>: every value of one metric's variants, one after the other, in pages; a scroll id is the
/// number of values read. The page after the last is empty.
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
        var position = ReadPosition(fields);
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

        var chosen = all.Where(series =>
            names.Any(name => name.Metric == series.Metric && (name.Variant ?? series.Variant) == series.Variant)
        );
        var (variants, passed, returned) = (new JsonObject(), 0L, 0);
        foreach (var series in chosen)
        {
            var read = await call.Rooms.Series.StepsAsync(call.Caller, owner, series.Name, ct);
            if (!read.TryGet(out var samples, out var refused))
            {
                return refused;
            }

            var skipped = (int)Math.Clamp(position - passed, 0, samples.Count);
            IReadOnlyList<Sample> page = [.. samples.Skip(skipped).Take(size - returned)];
            passed += samples.Count;
            returned += page.Count;
            if (page.Count > 0)
            {
                variants[series.Variant] = Of(page, key);
            }
        }

        return new JsonObject
        {
            ["variants"] = variants,
            ["total"] = passed,
            ["returned"] = returned,
            ["scroll_id"] = (position + returned).ToString(CultureInfo.InvariantCulture),
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

    private static long ReadPosition(Fields fields)
    {
        var text = fields.Text("scroll_id");
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            fields.Refuse(Errors.InvalidScroll());
        }

        return position;
    }
}
