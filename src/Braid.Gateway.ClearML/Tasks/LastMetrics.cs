using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Events;
using Braid.Gateway.ClearML.Replies;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>The newest values of a task's or model's series, under the keys that clients compute: MD5 of the names.</summary>
internal static class LastMetrics
{
    /// <summary>The field that they are in.</summary>
    public const string Field = "last_metrics";

    /// <summary>More are only told of by name: clients choke on larger answers.</summary>
    public const int Most = 2000;

    /// <param name="wanted">What is shown afterwards: single ones of them are found however many there are.</param>
    public static JsonObject Of(IReadOnlyList<SeriesSummary> series, Projection wanted)
    {
        var metrics = new JsonObject();
        var shown = wanted.PicksFrom(Field) ? series : series.Take(Most);
        foreach (var metric in shown.GroupBy(one => one.Metric, StringComparer.Ordinal))
        {
            var variants = metric.Select(one => KeyValuePair.Create(Key(one.Variant), (JsonNode?)Variant(one)));
            metrics.Add(Key(metric.Key), new JsonObject(variants));
        }

        return metrics;
    }

    private static JsonObject Variant(SeriesSummary series) =>
        new()
        {
            ["metric"] = series.Metric,
            ["variant"] = series.Variant,
            ["value"] = Numbers.Of(series.Last.Value),
            ["min_value"] = Numbers.Of(series.Min.Value),
            ["min_value_iteration"] = Iterations.ToWire(series.Min.Step),
            ["max_value"] = Numbers.Of(series.Max.Value),
            ["max_value_iteration"] = Iterations.ToWire(series.Max.Step),
            ["first_value"] = Numbers.Of(series.First.Value),
            ["first_value_iteration"] = Iterations.ToWire(series.First.Step),
            ["mean_value"] = Numbers.Of(series.Mean),
            ["count"] = series.Count,
        };

    /// <summary>What stands for a name in a path.</summary>
    public static string Key(string name) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name)));
}
