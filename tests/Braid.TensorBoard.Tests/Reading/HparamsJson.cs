using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.TensorBoard.Events;

namespace Braid.TensorBoard.Tests.Reading;

/// <summary>Structured values in the words of the manifest, which leaves out what is empty.</summary>
internal static class HparamsJson
{
    /// <summary>Without blanks, keys sorted, numbers written one way, what is empty left out.</summary>
    public static string Filter(this string json) => Normal(JsonNode.Parse(json))?.ToJsonString() ?? "null";

    public static string Write(TaggedEvent value) => ToJson(value).ToJsonString();

    private static JsonNode ToJson(TaggedEvent value) =>
        value switch
        {
            LoggedHparams start => WriteStart(start),
            LoggedHparamsEnd end => new JsonObject
            {
                ["status"] = $"STATUS_{end.Status.ToString().ToUpperInvariant()}",
                ["end_time_secs"] = end.Ended,
            },
            LoggedHparamsExperiment experiment => WriteExperiment(experiment),
            LoggedLayout layout => List(layout.Categories, WriteCategory),
            _ => throw new InvalidOperationException($"{value}"),
        };

    private static JsonObject WriteStart(LoggedHparams start) =>
        new()
        {
            ["hparams"] = new JsonObject(
                start.Values.Select(entry => KeyValuePair.Create(entry.Name, WriteValue(entry.Value)))
            ),
            ["group_name"] = start.Group,
            ["model_uri"] = start.ModelUri,
            ["monitor_url"] = start.MonitorUrl,
            ["start_time_secs"] = start.Started,
        };

    private static JsonObject WriteExperiment(LoggedHparamsExperiment experiment) =>
        new()
        {
            ["name"] = experiment.Name,
            ["description"] = experiment.Description,
            ["user"] = experiment.User,
            ["time_created_secs"] = experiment.Created,
            ["hparam_infos"] = List(experiment.Hparams, WriteHparam),
            ["metric_infos"] = List(experiment.Metrics, WriteMetric),
        };

    private static JsonObject WriteHparam(HparamDomain hparam) =>
        new()
        {
            ["name"] = hparam.Name,
            ["display_name"] = hparam.DisplayName,
            ["description"] = hparam.Description,
            ["type"] = hparam.Type switch
            {
                1 => "DATA_TYPE_STRING",
                2 => "DATA_TYPE_BOOL",
                3 => "DATA_TYPE_FLOAT64",
                _ => "",
            },
            ["domain_discrete"] = List(hparam.Choices, WriteValue),
            ["domain_interval"] = hparam.Interval is var (min, max)
                ? new JsonObject { ["min_value"] = min, ["max_value"] = max }
                : null,
        };

    private static JsonObject WriteMetric(HparamMetric metric) =>
        new()
        {
            ["name"] = new JsonObject { ["group"] = metric.Group, ["tag"] = metric.Tag },
            ["display_name"] = metric.DisplayName,
            ["description"] = metric.Description,
        };

    private static JsonObject WriteCategory(ChartCategory category) =>
        new()
        {
            ["title"] = category.Title,
            ["closed"] = category.IsClosed ? true : null,
            ["chart"] = List(category.Charts, WriteChart),
        };

    private static JsonObject WriteChart(Chart chart) =>
        new()
        {
            ["title"] = chart.Title,
            ["multiline"] = new JsonObject { ["tag"] = List(chart.Tags, tag => JsonValue.Create(tag)) },
            ["margin"] = new JsonObject
            {
                ["series"] = List(
                    chart.Bands,
                    band => new JsonObject
                    {
                        ["value"] = band.Value,
                        ["lower"] = band.Lower,
                        ["upper"] = band.Upper,
                    }
                ),
            },
        };

    private static JsonNode? WriteValue(HparamValue value) =>
        value switch
        {
            HparamValue.Number number => JsonValue.Create(number.Value),
            HparamValue.Text text => JsonValue.Create(text.Value),
            HparamValue.Flag flag => JsonValue.Create(flag.Value),
            _ => null,
        };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => [.. items.Select(write)];

    private static JsonNode? Normal(JsonNode? node) =>
        node switch
        {
            JsonObject found => NormalObject(found),
            JsonArray { Count: 0 } => null,
            JsonArray list => new JsonArray([.. list.Select(Normal)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(
                value.GetValue<JsonElement?>()?.GetDouble()
            ),
            JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "" => null,
            _ => node?.DeepClone(),
        };

    private static JsonObject? NormalObject(JsonObject found)
    {
        var kept = found
            .Select(entry => KeyValuePair.Create(entry.Key, Normal(entry.Value)))
            .Where(entry => entry.Value is not null && !IsNoTime(entry))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .ToArray();
        return kept.Length == 0 ? null : new JsonObject(kept);
    }

    private static bool IsNoTime(KeyValuePair<string, JsonNode?> entry) =>
        entry.Key.EndsWith("_secs", StringComparison.Ordinal) && entry.Value?.GetValue<double>() == 0;
}
