using System.Text.Json.Nodes;
using Braid.Tracking.EventFiles;

namespace Braid.Gateway.Web.Events;

/// <summary>How far a file was taken, as JSON.</summary>
internal static class EventFileJson
{
    public static JsonObject Write(EventFile file) =>
        new()
        {
            ["path"] = file.Path,
            ["next_offset"] = file.NextOffset,
            ["beginning"] = file.Beginning,
            ["dead"] = file.IsDead,
            ["first_ms"] = file.Times?.First,
            ["last_ms"] = file.Times?.Last,
            ["records"] = file.Counts.Records,
            ["damaged"] = file.Counts.Damaged,
            ["too_long"] = file.Counts.TooLong,
            ["points"] = file.Counts.Points,
            ["plots"] = file.Counts.Plots,
            ["samples"] = file.Counts.Samples,
            ["lines"] = file.Counts.Lines,
            ["parameters"] = file.Counts.Parameters,
            ["left_out"] = file.Counts.LeftOut,
        };
}
