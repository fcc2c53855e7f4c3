using System.Text.Json.Nodes;
using Braid.Cli.Naming;

namespace Braid.Cli.OfflineSessions;

/// <summary>What a session's <c>task.json</c> says of its task.</summary>
internal sealed record OfflineTask(string Id, string Name, string Project, JsonObject Json)
{
    private const string prefix = "offline-";

    /// <summary>The fields that a task is made with as they are.</summary>
    private static readonly string[] copied =
    [
        "tags",
        "system_tags",
        "comment",
        "output_dest",
        "script",
        "hyperparams",
        "configuration",
        "container",
    ];

    public IEnumerable<JsonObject> Artifacts => Objects(Json["execution"] as JsonObject, "artifacts");

    public IEnumerable<JsonObject> OutputModels => Objects(Json, "offline_output_models");

    /// <summary>Datasets note ids of sessions in their own files, which only their own import mends.</summary>
    public bool IsDataset => Json["system_tags"] is JsonArray tags && tags.Any(tag => tag?.ToString() == "dataset");

    /// <summary>Null when it is not what the SDK writes.</summary>
    public static OfflineTask? Read(JsonNode? json) =>
        json is JsonObject task && Text(task, "id") is { } id && IsSession(id) && Text(task, "name") is { } name
            ? new(id, name, Text(task, "project_name") ?? "", task)
            : null;

    /// <summary>Ids that mean something only where the session ran.</summary>
    public static bool IsSession(string id) =>
        id.StartsWith(prefix, StringComparison.Ordinal) && Names.IsId(id[prefix.Length..]);

    /// <summary>What <c>tasks.create</c> is asked for; artifacts and output models come when their files are there.</summary>
    public JsonObject ToRequest(string? project)
    {
        var body = new JsonObject { ["name"] = Name, ["type"] = Text(Json, "type") ?? "training" };
        foreach (var field in copied.Where(field => Json[field] is not null))
        {
            body[field] = Json[field]!.DeepClone(); // asked for just now
        }

        if (project is not null)
        {
            body["project"] = project;
        }

        if (Text(Json, "parent") is { Length: > 0 } parent && !IsSession(parent))
        {
            body["parent"] = parent;
        }

        if (Json["execution"]?.DeepClone() is JsonObject execution)
        {
            execution.Remove("artifacts");
            body["execution"] = execution;
        }

        body["models"] = new JsonObject { ["input"] = new JsonArray([.. InputModels()]), ["output"] = new JsonArray() };
        return body;
    }

    /// <summary>The text of a field that has one.</summary>
    public static string? Text(JsonObject json, string field) =>
        json[field] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private IEnumerable<JsonNode> InputModels() =>
        Objects(Json["models"] as JsonObject, "input")
            .Where(link => Text(link, "model") is { Length: > 0 } model && !IsSession(model))
            .Select(link => link.DeepClone());

    private static IEnumerable<JsonObject> Objects(JsonObject? json, string field) =>
        (json?[field] as JsonArray ?? []).OfType<JsonObject>();
}
