using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Tracking.Plots;

namespace Braid.Gateway.Web.Runs.Plots;

/// <summary>What an event of ClearML's client carries.</summary>
internal static class Figure
{
    /// <summary>The figure: it is a text within the event; null where that is no JSON object.</summary>
    public static JsonObject? Of(PlotEvent plot) => Parse(TextOf(Parse(plot.Content), "plot_str"));

    /// <summary>Where the sample lies; empty where the event does not say.</summary>
    public static string UriOf(PlotEvent sample) => TextOf(Parse(sample.Content), "url") ?? "";

    private static string? TextOf(JsonObject? from, string name) =>
        from?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
