using System.Text;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Plots;

/// <summary>The rows of <c>plot</c>.</summary>
internal sealed record PlotRow
{
    private const string upsert = """
        INSERT INTO plot (owner_id, kind, metric, variant, iteration, timestamp_ms, content, writer)
        VALUES (@owner, @kind, @Metric, @Variant, @Iteration, @TimestampMs, @content, @writer)
        ON CONFLICT (owner_id, kind, metric, variant, iteration) DO UPDATE SET
          timestamp_ms = excluded.timestamp_ms, content = excluded.content, writer = excluded.writer
        """;

    public string OwnerId { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Metric { get; init; } = "";
    public string Variant { get; init; } = "";
    public long Iteration { get; init; }
    public long TimestampMs { get; init; }
    public byte[] Content { get; init; } = [];

    public static string Text(PlotKind kind) =>
        kind switch
        {
            PlotKind.Plot => "plot",
            PlotKind.DebugSample => "sample",
            _ => "vector",
        };

    public static PlotKind Parse(string text) =>
        text switch
        {
            "plot" => PlotKind.Plot,
            "sample" => PlotKind.DebugSample,
            _ => PlotKind.Vector,
        };

    public static Task WriteAsync(DbWrite db, string owner, PlotEvent plot, string writer) =>
        db.ExecuteAsync(
            upsert,
            new
            {
                owner,
                kind = Text(plot.Kind),
                plot.Metric,
                plot.Variant,
                plot.Iteration,
                plot.TimestampMs,
                content = Packing.Pack(Encoding.UTF8.GetBytes(plot.Content)),
                writer,
            }
        );

    public PlotEvent ToEvent() =>
        new(Parse(Kind), Metric, Variant, Iteration, TimestampMs, Encoding.UTF8.GetString(Packing.Unpack(Content)))
        {
            Owner = Hex32.Parse(OwnerId),
        };
}
