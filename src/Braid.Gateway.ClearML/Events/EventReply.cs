using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>Events as the protocol writes them.</summary>
internal static class EventReply
{
    /// <summary>What tells how to add an event is no part of it.</summary>
    private static readonly string[] notKept = ["method", "allow_locked", "model_event", "task"];

    /// <summary>The text that a plot is stored as: the event as it was sent.</summary>
    public static string Keep(JsonObject sent, string type, string worker)
    {
        var kept = sent.DeepClone().AsObject();
        foreach (var name in notKept)
        {
            kept.Remove(name);
        }

        kept["type"] = type;
        kept.TryAdd("worker", worker);
        return kept.ToJsonString();
    }

    public static JsonObject Of(PlotEvent plot)
    {
        var reply = Documents.ParseObject(plot.Content);
        reply["task"] = plot.Owner.ToString();
        reply["metric"] = plot.Metric;
        reply["variant"] = plot.Variant;
        reply["iter"] = plot.Iteration;
        reply["timestamp"] = plot.TimestampMs;
        return reply;
    }

    public static JsonObject Of(Hex32 owner, SeriesName name, Sample sample) =>
        new()
        {
            ["type"] = EventTypes.Scalar,
            ["task"] = owner.ToString(),
            ["metric"] = name.Metric,
            ["variant"] = name.Variant,
            ["iter"] = Iterations.ToWire(sample.Step),
            ["timestamp"] = sample.TimestampMs,
            ["value"] = Numbers.Of(sample.Value),
        };

    public static JsonObject Of(RunId run, LogLine line) =>
        new()
        {
            ["type"] = EventTypes.Log,
            ["task"] = run.ToString(),
            ["timestamp"] = line.TimestampMs,
            ["level"] = line.Level,
            ["worker"] = line.Worker,
            ["msg"] = line.Text,
        };
}
