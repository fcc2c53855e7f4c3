using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Tracking.Artifacts;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>An artifact's description on the wire.</summary>
internal static class TaskArtifact
{
    private const string output = "output";

    public static JsonObject Of(RunArtifact artifact) =>
        new JsonObject
        {
            ["key"] = artifact.Key,
            ["type"] = artifact.Type,
            ["mode"] = artifact.Mode,
            ["uri"] = artifact.Uri,
            ["hash"] = artifact.Hash,
            ["content_size"] = artifact.ContentSize,
            ["timestamp"] = artifact.Timestamp,
            ["type_data"] = artifact.TypeData is { } data ? JsonNode.Parse(data) : null,
            ["display_data"] = artifact.DisplayData is { } pairs ? JsonNode.Parse(pairs) : null,
        }.WithoutNulls();

    public static RunArtifact Read(Fields fields) =>
        new()
        {
            Key = fields.RequiredText("key"),
            Mode = Mode(fields),
            Type = fields.Text("type") ?? "",
            Uri = fields.Text("uri") ?? "",
            Hash = fields.Text("hash") ?? "",
            ContentSize = fields.Whole("content_size"),
            Timestamp = fields.Whole("timestamp"),
            TypeData = fields.Object("type_data")?.ToJsonString(),
            DisplayData = fields.Json["display_data"]?.ToJsonString(),
        };

    /// <summary>What identifies an artifact within its task.</summary>
    public static (string Key, string Mode) ReadId(Fields fields) => (fields.RequiredText("key"), Mode(fields));

    private static string Mode(Fields fields) => fields.Text("mode") ?? output;
}
