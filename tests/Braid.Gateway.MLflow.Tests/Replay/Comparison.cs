using System.Text.Json.Nodes;

namespace Braid.Gateway.MLflow.Tests.Replay;

/// <summary>Compares a recorded answer with ours, but for clocks and what servers make up.</summary>
internal static class Comparison
{
    private static readonly HashSet<string> clocks =
    [
        "creation_time",
        "last_update_time",
        "creation_timestamp",
        "last_updated_timestamp",
        "creation_timestamp_ms",
        "last_updated_timestamp_ms",
    ];

    /// <summary>Where the two differ; nothing when they agree.</summary>
    public static IEnumerable<string> Differences(
        JsonNode? recorded,
        JsonNode? actual,
        Names names,
        string path = "$"
    ) =>
        (recorded, actual) switch
        {
            (JsonObject theirs, JsonObject ours) => Members(theirs, ours, names, path),
            (JsonArray theirs, JsonArray ours) when theirs.Count == ours.Count => theirs
                .Zip(ours)
                .SelectMany((pair, at) => Differences(pair.First, pair.Second, names, $"{path}[{at}]")),
            (JsonValue theirs, JsonValue ours) when names.Agree(theirs.ToString(), ours.ToString()) => [],
            _ => [$"{path}: {recorded?.ToJsonString()} became {actual?.ToJsonString()}"],
        };

    private static IEnumerable<string> Members(JsonObject recorded, JsonObject actual, Names names, string path)
    {
        foreach (var name in recorded.Select(member => member.Key).Union(actual.Select(member => member.Key)))
        {
            if (clocks.Contains(name) && recorded.ContainsKey(name) && actual.ContainsKey(name))
            {
                continue;
            }

            foreach (var difference in Differences(recorded[name], actual[name], names, $"{path}.{name}"))
            {
                yield return difference;
            }
        }
    }
}
