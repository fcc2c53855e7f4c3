using System.Text.Json.Nodes;
using Braid.Tracking.Logs;

namespace Braid.Gateway.Web.Runs.Console;

/// <summary>A line of a console as the pages and the command line read it.</summary>
internal static class LineJson
{
    public static JsonObject Write(LogLine line) =>
        new()
        {
            ["number"] = line.Number,
            ["time"] = line.TimestampMs,
            ["worker"] = line.Worker,
            ["level"] = line.Level,
            ["abandoned"] = line.IsAbandoned,
            ["text"] = line.Text,
        };
}
