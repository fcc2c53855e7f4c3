using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports;

/// <summary>Reads the fields of a source's records: what is missing is empty.</summary>
internal static class JsonFields
{
    public static string Text(this JsonObject from, string name) => from.OptionalText(name) ?? "";

    public static string? OptionalText(this JsonObject from, string name) => (from[name] as JsonValue)?.ToString();

    /// <summary>A whole number: a time in milliseconds, a step.</summary>
    public static long? Time(this JsonObject from, string name) =>
        long.TryParse(from.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static JsonObject Object(this JsonObject from, string name) => from[name] as JsonObject ?? [];

    public static IEnumerable<JsonObject> Objects(this JsonObject from, string name) =>
        (from[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A list of objects with <c>key</c> and <c>value</c>.</summary>
    public static IReadOnlyList<Pair> Pairs(this JsonObject from, string name) =>
        [.. from.Objects(name).Select(pair => new Pair(pair.Text("key"), pair.Text("value")))];
}
