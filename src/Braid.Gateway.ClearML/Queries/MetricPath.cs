using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Queries;

/// <summary><c>last_metrics.{md5 of title}.{md5 of series}.{value}</c>, as clients compute it.</summary>
internal static class MetricPath
{
    /// <summary>Null for a path to something else.</summary>
    public static Field? Read(string path) =>
        path.Split('.') is ["last_metrics", var title, var series, .. var value] && ValueOf(value) is { } of
            ? Field.Metric.OfDigests(title, series, of)
            : null;

    private static MetricValue? ValueOf(string[] rest) =>
        rest switch
        {
            [] or ["value"] => MetricValue.Last,
            ["min_value"] => MetricValue.Min,
            ["max_value"] => MetricValue.Max,
            ["first_value"] => MetricValue.First,
            ["mean_value"] => MetricValue.Mean,
            ["count"] => MetricValue.Count,
            _ => null,
        };
}
