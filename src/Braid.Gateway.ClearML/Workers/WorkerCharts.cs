using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Workers;

namespace Braid.Gateway.ClearML.Workers;

/// <summary>What workers' machines were doing: <c>workers.get_metric_keys</c>, <c>get_stats</c>, <c>get_activity_report</c>.</summary>
internal static class WorkerCharts
{
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
        var span = fields.Span();
        var items = fields.Objects("items").Select(item => new Fields(item)).ToList();
        var byVariant = fields.Flag("split_by_variant") == true;
        var byResource = fields.Flag("split_by_resource") == true;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var series = new List<(string Aggregation, HistoryPoint Point)>();
        var resources = new List<(string Aggregation, HistoryPoint Point)>();
        foreach (var item in items)
        {
            var aggregation = item.Text("aggregation") ?? "avg";
            var key = item.RequiredText("key");
            if (item.Problem is { } missing)
            {
                return missing;
            }

            var error =
                await AddAsync(series, aggregation, key, byVariant)
                ?? (byResource ? await AddAsync(resources, aggregation, key, byVariant: true) : null);
            if (error is not null)
            {
                return error;
            }
        }

        var ofEach = resources.ToLookup(each => (each.Aggregation, each.Point.Worker, each.Point.Metric));
        return new JsonObject
        {
            ["workers"] = new JsonArray([
                .. series
                    .GroupBy(each => each.Point.Worker, StringComparer.Ordinal)
                    .Select(worker => new JsonObject
                    {
                        ["worker"] = worker.Key,
                        ["metrics"] = new JsonArray([
                            .. worker
                                .GroupBy(each => (each.Point.Metric, each.Point.Variant))
                                .Select(metric => Metric(metric, ofEach)),
                        ]),
                    }),
            ]),
        };

        async Task<Error?> AddAsync(List<(string, HistoryPoint)> to, string aggregation, string key, bool byVariant)
        {
            var points = await call.Rooms.WorkerHistory.PointsAsync(
                call.Caller,
                workers,
                key,
                ReadAggregation(aggregation),
                span,
                byVariant,
                ct
            );
            to.AddRange(points.IsOk ? points.Value.Select(point => (aggregation, point)) : []);
            return points.Error;
        }
    }

    public static async Task<Result<JsonObject>> ActivityAsync(ApiCall call, CancellationToken ct)
    {
        var span = call.Fields.Span();
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

    /// <param name="resources">Of each processor or GPU by itself; nothing where that was not asked for.</param>
    private static JsonObject Metric(
        IGrouping<(string Metric, string Variant), (string Aggregation, HistoryPoint Point)> metric,
        ILookup<(string, string, string), (string, HistoryPoint Point)> resources
    )
    {
        var reply = new JsonObject
        {
            ["metric"] = metric.Key.Metric,
            ["stats"] = new JsonArray([
                .. metric
                    .GroupBy(each => (each.Aggregation, each.Point.Worker, each.Point.Metric))
                    .Select(stat => Stat(stat.Key.Aggregation, stat, resources[stat.Key])),
            ]),
        };
        if (metric.Key.Variant.Length > 0)
        {
            reply["variant"] = metric.Key.Variant;
        }

        return reply;
    }

    private static JsonObject Stat(
        string aggregation,
        IEnumerable<(string, HistoryPoint Point)> points,
        IEnumerable<(string, HistoryPoint Point)> resources
    )
    {
        var reply = new JsonObject { ["aggregation"] = aggregation };
        Plot(reply, points);
        var each = resources
            .GroupBy(one => one.Point.Variant, StringComparer.Ordinal)
            .Select(resource =>
            {
                var one = new JsonObject { ["name"] = resource.Key };
                Plot(one, resource);
                return one;
            });
        if (resources.Any())
        {
            reply["resource_series"] = new JsonArray([.. each]);
        }

        return reply;
    }

    private static void Plot(JsonObject reply, IEnumerable<(string, HistoryPoint Point)> points)
    {
        reply["dates"] = new JsonArray([.. points.Select(each => Date(each.Point.At))]);
        reply["values"] = new JsonArray([.. points.Select(each => (JsonNode)each.Point.Value)]);
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

    private static Aggregation ReadAggregation(string text) =>
        text switch
        {
            "min" => Aggregation.Min,
            "max" => Aggregation.Max,
            _ => Aggregation.Average,
        };
}
