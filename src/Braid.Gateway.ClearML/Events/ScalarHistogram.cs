using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// Curves, down-sampled: <c>events.scalar_metrics_iter_histogram</c> of a task, <c>{metric:{variant:{name,x,y}}}</c>;
/// <c>multi_task_scalar_metrics_iter_histogram</c> of several, a curve of each below the variant.
/// </summary>
internal static class ScalarHistogram
{
    private const int usualSamples = 2000;
    private const int mostSamples = 6000;
    private const int mostTasks = 100;

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var query = Read(call.Fields, [call.Fields.Owner()]);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var isIso = IsIso(call.Fields);
        var drawn = await call.Rooms.Series.CurvesAsync(call.Caller, query, ct);
        return drawn.Select(curves => ByName(curves, named => Of(named[0], named[0].Name.Variant, isIso)));
    }

    public static async Task<Result<JsonObject>> OfManyAsync(ApiCall call, CancellationToken ct)
    {
        var owners = call.Fields.Owners();
        if (owners.Count > mostTasks)
        {
            call.Fields.Refuse(Errors.InvalidField("tasks", $"at most {mostTasks} tasks"));
        }

        var query = Read(call.Fields, owners);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var isIso = IsIso(call.Fields);
        var titles = await EventOwners.NamesAsync(call, owners, ct);
        var drawn = await call.Rooms.Series.CurvesAsync(call.Caller, query, ct);
        return titles.Then(names =>
            drawn.Select(curves => new JsonObject
            {
                ["metrics"] = ByName(
                    curves,
                    named =>
                        new(
                            named.Select(curve =>
                                KeyValuePair.Create(
                                    curve.Owner.ToString(),
                                    (JsonNode?)Of(curve, names.GetValueOrDefault(curve.Owner, ""), isIso)
                                )
                            )
                        )
                ),
            })
        );
    }

    private static CurveQuery Read(Fields fields, IReadOnlyList<SeriesOwner> owners)
    {
        var samples = (int)Math.Clamp(fields.Whole("samples") ?? usualSamples, 1, mostSamples);
        var axis = (fields.Text("key") ?? "iter") == "iter" ? CurveAxis.Step : CurveAxis.Timestamp;
        return new(owners, samples, axis) { Names = fields.Metrics() };
    }

    private static bool IsIso(Fields fields) => fields.Text("key") == "iso_time";

    private static JsonObject ByName(IReadOnlyList<Curve> curves, Func<IReadOnlyList<Curve>, JsonObject> show)
    {
        var metrics = new JsonObject();
        foreach (var metric in curves.GroupBy(curve => curve.Name.Metric, StringComparer.Ordinal))
        {
            var variants = metric
                .GroupBy(curve => curve.Name.Variant, StringComparer.Ordinal)
                .Select(named => KeyValuePair.Create(named.Key, (JsonNode?)show([.. named])));
            metrics.Add(metric.Key, new JsonObject(variants));
        }

        return metrics;
    }

    private static JsonObject Of(Curve curve, string name, bool isIso) =>
        new()
        {
            ["name"] = name,
            ["x"] = new JsonArray([.. curve.X.Select(x => isIso ? (JsonNode)Iso(x) : x)]),
            ["y"] = new JsonArray([.. curve.Y.Select(Numbers.Of)]),
        };

    private static string Iso(long milliseconds) =>
        DateTimeOffset
            .FromUnixTimeMilliseconds(milliseconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
