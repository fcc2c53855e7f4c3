using System.Globalization;
using System.Text.Json.Nodes;
using Braid.TensorBoard.Events;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Events;

/// <summary>Plots and samples in the words in which plots are stored: ClearML's events, with figures of Plotly's.</summary>
internal static class PlotJson
{
    public static string Histogram(SeriesName name, IReadOnlyList<HistogramBucket> buckets) =>
        Plot(
            name,
            new()
            {
                ["type"] = "bar",
                ["name"] = name.Variant,
                ["x"] = Numbers(buckets, bucket => (bucket.Left + bucket.Right) / 2),
                ["y"] = Numbers(buckets, bucket => bucket.Count),
                ["width"] = Numbers(buckets, bucket => bucket.Right - bucket.Left),
            },
            "value",
            "count"
        );

    public static string PrCurve(SeriesName name, IReadOnlyList<PrPoint> points) =>
        Plot(
            name,
            new()
            {
                ["type"] = "scatter",
                ["mode"] = "lines+markers",
                ["name"] = name.Variant,
                ["x"] = Numbers(points, point => point.Recall),
                ["y"] = Numbers(points, point => point.Precision),
                ["text"] = Answer.List(points.Index(), point => Label(point.Index, points.Count, point.Item)),
            },
            "recall",
            "precision"
        );

    /// <param name="url">Where clients fetch the file.</param>
    public static string Sample(string url, string path) =>
        new JsonObject
        {
            ["type"] = "training_debug_image",
            ["url"] = url,
            ["key"] = path,
            ["worker"] = "tensorboard",
        }.ToJsonString();

    private static string Plot(SeriesName name, JsonObject trace, string x, string y)
    {
        var figure = new JsonObject
        {
            ["data"] = new JsonArray(trace),
            ["layout"] = new JsonObject
            {
                ["title"] = name.Key,
                ["bargap"] = 0,
                ["xaxis"] = new JsonObject { ["title"] = x },
                ["yaxis"] = new JsonObject { ["title"] = y },
            },
        };
        return new JsonObject
        {
            ["type"] = "plot",
            ["plot_str"] = figure.ToJsonString(),
            ["worker"] = "tensorboard",
        }.ToJsonString();
    }

    private static JsonArray Numbers<T>(IEnumerable<T> items, Func<T, double> number) =>
        Answer.List(items, item => Answer.Number(number(item)));

    private static string Label(int index, int count, PrPoint point) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"threshold {index / (double)Math.Max(1, count - 1):0.###}<br>TP {point.TruePositives} FP {point.FalsePositives} TN {point.TrueNegatives} FN {point.FalseNegatives}"
        );
}
