using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.scalar_metrics_iter_histogram</c>: a task's curves, <c>{metric:{variant:{name,x,y}}}</c>, down-sampled.</summary>
internal static class ScalarHistogram
{
    private const int usualSamples = 2000;
    private const int mostSamples = 6000;

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var samples = (int)Math.Clamp(fields.Whole("samples") ?? usualSamples, 1, mostSamples);
        var key = fields.Text("key") ?? "iter";
        var axis = key == "iter" ? CurveAxis.Step : CurveAxis.Timestamp;
        var query = new CurveQuery([fields.Owner()], samples, axis) { Names = fields.Metrics() };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var drawn = await call.Rooms.Series.CurvesAsync(call.Caller, query, ct);
        return drawn.Select(curves => Reply(curves, isIso: key == "iso_time"));
    }

    private static JsonObject Reply(IReadOnlyList<Curve> curves, bool isIso)
    {
        var metrics = new JsonObject();
        foreach (var metric in curves.GroupBy(curve => curve.Name.Metric, StringComparer.Ordinal))
        {
            var variants = metric.Select(curve => KeyValuePair.Create(curve.Name.Variant, (JsonNode?)Of(curve, isIso)));
            metrics.Add(metric.Key, new JsonObject(variants));
        }

        return metrics;
    }

    private static JsonObject Of(Curve curve, bool isIso) =>
        new()
        {
            ["name"] = curve.Name.Variant,
            ["x"] = new JsonArray([.. curve.X.Select(x => isIso ? (JsonNode)Iso(x) : x)]),
            ["y"] = new JsonArray([.. curve.Y.Select(Numbers.Of)]),
        };

    private static string Iso(long milliseconds) =>
        DateTimeOffset
            .FromUnixTimeMilliseconds(milliseconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
