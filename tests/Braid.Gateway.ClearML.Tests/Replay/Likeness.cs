using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Tests.Replay;

/// <summary>
/// Whether an answer is like the recorded one: every field there with the same value, ids consistently renamed, times only
/// of the same form. More fields may have come.
/// </summary>
internal sealed class Likeness(ReplayedIds ids)
{
    private static readonly string[] ofTheirOwn = ["token", "secret_key", "active_duration"];

    public void Check(JsonNode? recorded, JsonNode? actual, string path)
    {
        Assert.True(
            Kind(recorded) == Kind(actual),
            $"{path}: {recorded?.ToJsonString()} became {actual?.ToJsonString()}"
        );
        switch (recorded)
        {
            case JsonObject fields:
                CheckFields(fields, actual!.AsObject(), path);
                break;
            case JsonArray items:
                CheckItems(items, actual!.AsArray(), path);
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                CheckText(text, actual!.GetValue<string>(), path);
                break;
            default:
                Assert.True(JsonNode.DeepEquals(recorded, actual), $"{path}: {recorded} became {actual}");
                break;
        }
    }

    private void CheckFields(JsonObject recorded, JsonObject actual, string path)
    {
        foreach (var (name, value) in recorded.Where(field => !ofTheirOwn.Contains(field.Key)))
        {
            Assert.True(actual.ContainsKey(name), $"{path}.{name} is missing");
            Check(value, actual[name], $"{path}.{name}");
        }
    }

    private void CheckItems(JsonArray recorded, JsonArray actual, string path)
    {
        Assert.True(recorded.Count == actual.Count, $"{path}: {recorded.Count} items became {actual.Count}");
        for (var at = 0; at < recorded.Count; at++)
        {
            Check(recorded[at], actual[at], $"{path}[{at}]");
        }
    }

    private void CheckText(string recorded, string actual, string path)
    {
        if (ReplayedIds.IsId(recorded) && ReplayedIds.IsId(actual))
        {
            Assert.True(ids.Matches(recorded, actual), $"{path}: {ids.Replace(recorded)} became {actual}");
        }
        else if (IsTime(recorded))
        {
            Assert.True(IsTime(actual), $"{path}: {actual} is no time");
        }
        else
        {
            Assert.True(ids.Replace(recorded) == actual, $"{path}: {recorded} became {actual}");
        }
    }

    private static bool IsTime(string text) =>
        text.EndsWith("+00:00", StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static JsonValueKind Kind(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            null => JsonValueKind.Null,
            JsonValueKind.False => JsonValueKind.True,
            { } kind => kind,
        };
}
