using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Events;

/// <summary>Events as clients send them, one a line.</summary>
internal static class EventLines
{
    public static Task<JsonObject> AddAsync(ClearMLHost host, params string[] lines) =>
        host.Api.DataAsync("events.add_batch", string.Join('\n', lines));

    public static string Scalar(
        string task,
        string metric,
        string variant,
        long iteration,
        string value,
        long timestamp = 1000
    ) =>
        $$"""{"type":"training_stats_scalar","task":"{{task}}","metric":"{{metric}}","variant":"{{variant}}","iter":{{iteration}},"value":{{value}},"timestamp":{{timestamp}},"method":"get"}""";

    public static string Log(string task, string text, long timestamp) =>
        $$"""{"type":"log","task":"{{task}}","msg":"{{text}}","level":"INFO","worker":"w","timestamp":{{timestamp}}}""";

    public static string Plot(string task, string metric, string variant, int iteration) =>
        $$"""{"type":"plot","task":"{{task}}","metric":"{{metric}}","variant":"{{variant}}","iter":{{iteration}},"plot_str":"{}","timestamp":1000}""";
}
