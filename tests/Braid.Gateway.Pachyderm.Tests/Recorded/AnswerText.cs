using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Braid.Gateway.Pachyderm.Tests.Recorded;

/// <summary>What an answer says, without what differs from run to run: times, how bytes are cut, how far a job has come.</summary>
internal static class AnswerText
{
    private const string logs = "/pps_v2.API/GetLogs";

    /// <summary>Fields that tell a time, or depend on when one asks.</summary>
    private static readonly HashSet<string> passing =
    [
        "created",
        "createdAt",
        "updatedAt",
        "started",
        "finishing",
        "finished",
        "committed",
        "salt",
        "stats",
    ];

    /// <summary>What a job and its pipeline tell while the job runs.</summary>
    private static readonly HashSet<string> ofRunningJobs =
    [
        "state",
        "lastJobState",
        "reason",
        "workersAvailable",
        "dataProcessed",
        "dataSkipped",
        "dataTotal",
    ];

    public static string Of(string path, MessageDescriptor type, IEnumerable<byte[]> messages) =>
        type == BytesValue.Descriptor
            ? Convert.ToHexString([.. messages.SelectMany(body => BytesValue.Parser.ParseFrom(body).Value)])
        : path == logs ? ""
        : string.Join('\n', messages.Select(body => Text(path, type, body)));

    private static string Text(string path, MessageDescriptor type, byte[] body)
    {
        var json = JsonNode.Parse(JsonFormatter.Default.Format(type.Parser.ParseFrom(body)));
        Strip(json, path.StartsWith("/pps_v2", StringComparison.Ordinal));
        return json?.ToJsonString() ?? "";
    }

    private static void Strip(JsonNode? node, bool isOfJobs)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Strip(item, isOfJobs);
            }
        }

        if (node is JsonObject fields)
        {
            StripSizeOfMeta(fields);
            foreach (var (name, value) in fields.ToList())
            {
                if (passing.Contains(name) || isOfJobs && ofRunningJobs.Contains(name))
                {
                    fields.Remove(name);
                }
                else
                {
                    Strip(value, isOfJobs);
                }
            }
        }
    }

    // How large a meta commit is follows from how the server keeps what it knows of datums.
    private static void StripSizeOfMeta(JsonObject commit)
    {
        if (commit["commit"] is JsonObject name && $"{name["repo"]?["type"]}" == "meta")
        {
            commit.Remove("sizeBytesUpperBound");
            (commit["details"] as JsonObject)?.Remove("sizeBytes");
        }
    }
}
