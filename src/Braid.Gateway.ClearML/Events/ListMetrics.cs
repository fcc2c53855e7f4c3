using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// Which metrics and variants there are: <c>events.get_task_metrics</c>, <c>get_multi_task_metrics</c>,
/// <c>get_scalar_metrics_and_variants</c>, <c>get_vector_metrics_and_variants</c>, <c>get_task_latest_scalar_values</c>.
/// </summary>
internal static class ListMetrics
{
    private static readonly StepPage newest = new(Size: 10, IsDescending: true);

    public static async Task<Result<JsonObject>> OfTasksAsync(ApiCall call, CancellationToken ct)
    {
        var found = await FindAsync(call, call.Fields.Owners(), call.Fields.Text("event_type"), ct);
        return found.Select(names => new JsonObject
        {
            ["metrics"] = new JsonArray([
                .. names
                    .GroupBy(name => name.Owner)
                    .Select(owner => new JsonObject
                    {
                        ["task"] = owner.Key.ToString(),
                        ["metrics"] = Sorted(owner.Select(name => name.Name.Metric)),
                    }),
            ]),
        });
    }

    public static async Task<Result<JsonObject>> OfManyAsync(ApiCall call, CancellationToken ct)
    {
        var found = await FindAsync(call, call.Fields.Owners(), call.Fields.Text("event_type"), ct);
        return found.Select(names => new JsonObject
        {
            ["metrics"] = new JsonArray([
                .. ByMetric(names)
                    .Select(metric => new JsonObject { ["metric"] = metric.Key, ["variants"] = metric.Value }),
            ]),
        });
    }

    public static Task<Result<JsonObject>> ScalarsAsync(ApiCall call, CancellationToken ct) =>
        OfOneAsync(call, EventTypes.Scalar, ct);

    public static Task<Result<JsonObject>> VectorsAsync(ApiCall call, CancellationToken ct) =>
        OfOneAsync(call, EventTypes.Vector, ct);

    public static async Task<Result<JsonObject>> LatestAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.Metrics, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        var metrics = new JsonArray();
        foreach (var metric in run.Metrics.GroupBy(series => series.Metric, StringComparer.Ordinal))
        {
            var variants = new JsonArray();
            foreach (var series in metric)
            {
                var steps = await call.Rooms.Series.StepsAsync(call.Caller, id, series.Name, newest, ct);
                if (!steps.TryGet(out var samples, out var refused))
                {
                    return refused;
                }

                variants.Add(Latest(series, samples));
            }

            metrics.Add(new JsonObject { ["name"] = metric.Key, ["variants"] = variants });
        }

        return new JsonObject
        {
            ["metrics"] = metrics,
            ["name"] = run.Name,
            ["status"] = run.Status.ToText(),
            ["last_iter"] = run.LastIteration,
            ["last_timestamp"] = run.Metrics.Count > 0 ? run.Metrics.Max(series => series.Last.TimestampMs) : 0,
        };
    }

    private static JsonObject Latest(SeriesSummary series, IReadOnlyList<Sample> samples) =>
        new()
        {
            ["name"] = series.Variant,
            ["last_value"] = Numbers.Of(series.Last.Value),
            ["last_10_value"] = Numbers.Of(
                samples.Count == 0 ? series.Last.Value : samples.Average(sample => sample.Value)
            ),
        };

    private static async Task<Result<JsonObject>> OfOneAsync(ApiCall call, string type, CancellationToken ct)
    {
        var found = await FindAsync(call, [call.Fields.Owner()], type, ct);
        return found.Select(names => new JsonObject
        {
            ["metrics"] = new JsonObject(
                ByMetric(names).Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value))
            ),
        });
    }

    /// <summary>What the owners have of one type of event; of all types when none is given.</summary>
    private static async Task<Result<IReadOnlyList<(Hex32 Owner, SeriesName Name)>>> FindAsync(
        ApiCall call,
        IReadOnlyList<SeriesOwner> owners,
        string? type,
        CancellationToken ct
    )
    {
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var names = new List<(Hex32, SeriesName)>();
        if (type is null or "*" or EventTypes.Scalar)
        {
            var series = await call.Rooms.Series.ListAsync(call.Caller, owners, ct);
            if (!series.TryGet(out var all, out var error))
            {
                return error;
            }

            names.AddRange(all.Select(one => (one.Owner, one.Name)));
        }

        var plots = await call.Rooms.Plots.SeriesAsync(call.Caller, owners, ct);
        if (!plots.TryGet(out var shown, out var refused))
        {
            return refused;
        }

        var kind = type is null or "*" ? null : EventTypes.PlotKindOf(type);
        names.AddRange(
            shown
                .Where(one => type is null or "*" || one.Kind == kind)
                .Select(one => (one.Owner, new SeriesName(one.Metric, one.Variant)))
        );
        return names;
    }

    private static IEnumerable<KeyValuePair<string, JsonArray>> ByMetric(
        IReadOnlyList<(Hex32 Owner, SeriesName Name)> names
    ) =>
        names
            .GroupBy(name => name.Name.Metric, StringComparer.Ordinal)
            .OrderBy(metric => metric.Key, StringComparer.Ordinal)
            .Select(metric => KeyValuePair.Create(metric.Key, Sorted(metric.Select(name => name.Name.Variant))));

    private static JsonArray Sorted(IEnumerable<string> words) =>
        [.. words.Distinct().Order(StringComparer.Ordinal).Select(word => (JsonNode)word)];
}
