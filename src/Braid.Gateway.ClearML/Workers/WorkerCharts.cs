using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Workers;

namespace Braid.Gateway.ClearML.Workers;

/// <summary>What workers' machines were doing: <c>workers.get_metric_keys</c>, <c>get_stats</c>, <c>get_activity_report</c>.</summary>
internal static class WorkerCharts
{
    /// <summary>Workers report every thirty seconds: shorter intervals would have holes.</summary>
    private const long shortestInterval = 40;

    public static async Task<Result<JsonObject>> KeysAsync(ApiCall call, CancellationToken ct)
    {
        var workers = Workers(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.WorkerHistory.MetricsAsync(call.Caller, workers, ct);
        return found.Select(metrics => new JsonObject
        {
            ["categories"] = new JsonArray([
                .. metrics
                    .Select(metric => metric.Metric)
                    .Distinct()
                    .GroupBy(metric => metric.Split('_')[0], StringComparer.Ordinal)
                    .Select(category => new JsonObject
                    {
                        ["name"] = category.Key,
                        ["metric_keys"] = new JsonArray([.. category.Select(metric => (JsonNode)metric)]),
                    }),
            ]),
        });
    }

    public static async Task<Result<JsonObject>> StatsAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var workers = Workers(fields);
        var span = Span(fields);
        var items = fields.Objects("items").Select(item => new Fields(item)).ToList();
        var byVariant = fields.Flag("split_by_variant") == true;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var series = new List<(string Aggregation, HistoryPoint Point)>();
        foreach (var item in items)
        {
            var aggregation = item.Text("aggregation") ?? "avg";
            var key = item.RequiredText("key");
            var points = item.Problem is { } missing
                ? missing
                : await call.Rooms.WorkerHistory.PointsAsync(
                    call.Caller,
                    workers,
                    key,
                    ReadAggregation(aggregation),
                    span,
                    byVariant,
                    ct
                );
            if (!points.TryGet(out var found, out var error))
            {
                return error;
            }

            series.AddRange(found.Select(point => (aggregation, point)));
        }

        return new JsonObject
        {
            ["workers"] = new JsonArray([
                .. series
                    .GroupBy(each => each.Point.Worker, StringComparer.Ordinal)
                    .Select(worker => new JsonObject
                    {
                        ["worker"] = worker.Key,
                        ["metrics"] = new JsonArray([
                            .. worker.GroupBy(each => (each.Point.Metric, each.Point.Variant)).Select(Metric),
                        ]),
                    }),
            ]),
        };
    }

    public static async Task<Result<JsonObject>> ActivityAsync(ApiCall call, CancellationToken ct)
    {
        var span = Span(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.WorkerHistory.ActivityAsync(call.Caller, span, ct);
        return found.Select(points => new JsonObject
        {
            ["total"] = Series(points, point => point.Total),
            ["active"] = Series(points, point => point.Active),
        });
    }

    private static JsonObject Metric(
        IGrouping<(string Metric, string Variant), (string Aggregation, HistoryPoint Point)> metric
    )
    {
        var reply = new JsonObject
        {
            ["metric"] = metric.Key.Metric,
            ["stats"] = new JsonArray([
                .. metric
                    .GroupBy(each => each.Aggregation, StringComparer.Ordinal)
                    .Select(stat => new JsonObject
                    {
                        ["aggregation"] = stat.Key,
                        ["dates"] = new JsonArray([.. stat.Select(each => Date(each.Point.At))]),
                        ["values"] = new JsonArray([.. stat.Select(each => (JsonNode)each.Point.Value)]),
                    }),
            ]),
        };
        if (metric.Key.Variant.Length > 0)
        {
            reply["variant"] = metric.Key.Variant;
        }

        return reply;
    }

    private static JsonObject Series(IReadOnlyList<ActivityPoint> points, Func<ActivityPoint, long> count) =>
        new()
        {
            ["dates"] = new JsonArray([.. points.Select(point => Date(point.At))]),
            ["counts"] = new JsonArray([.. points.Select(point => (JsonNode)count(point))]),
        };

    private static JsonNode Date(DateTimeOffset at) => at.ToUnixTimeSeconds();

    private static IReadOnlyList<string>? Workers(Fields fields) =>
        fields.Has("worker_ids") && fields.Names("worker_ids") is { Count: > 0 } names ? names : null;

    private static HistorySpan Span(Fields fields)
    {
        var (from, to) = (Instant(fields, "from_date"), Instant(fields, "to_date"));
        var interval = fields.Whole("interval") ?? shortestInterval;
        if (from >= to)
        {
            fields.Refuse(Errors.InvalidField("to_date", "a time after from_date"));
        }

        return new(from, to, TimeSpan.FromSeconds(Math.Clamp(interval, shortestInterval, int.MaxValue)));
    }

    /// <summary>Seconds since 1970.</summary>
    private static DateTimeOffset Instant(Fields fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.Refuse(Errors.MissingField(name));
        }

        return fields.Time(name) ?? DateTimeOffset.UnixEpoch;
    }

    private static Aggregation ReadAggregation(string text) =>
        text switch
        {
            "min" => Aggregation.Min,
            "max" => Aggregation.Max,
            _ => Aggregation.Average,
        };
}
