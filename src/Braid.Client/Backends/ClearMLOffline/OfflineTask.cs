using System.Text.Json.Nodes;
using Braid.Client.Backends.ClearML;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearMLOffline;

/// <summary>The task of a session, as <c>task.json</c> holds it.</summary>
internal sealed class OfflineTask(JsonObject json)
{
    public const string FileName = "task.json";

    public JsonObject Json => json;

    /// <summary>Where files of the session go that the file server will hold, below <c>data/</c>.</summary>
    public string FileFolder
    {
        get
        {
            var own = $"{ContentFiles.SafePart(Text("name"))}.{Text("id")}";
            return Text("project_name") is { Length: > 0 } project ? $"{ContentFiles.Safe(project)}/{own}" : own;
        }
    }

    public static OfflineTask Read(JsonNode? json) =>
        new(json as JsonObject ?? throw new InvalidDataException($"{FileName} is no object"));

    public static OfflineTask New(string id, string session, RunStart start, string name) =>
        new(
            new JsonObject
            {
                ["id"] = id,
                ["name"] = name,
                ["project_name"] = start.Project ?? "",
                ["type"] = start.TaskType,
                ["status"] = "created",
                ["tags"] = new JsonArray([.. start.Labels.Select(label => (JsonNode)label)]),
                ["system_tags"] = new JsonArray("development"),
                ["comment"] = "",
                ["created"] = Time(start.StartedAt),
                ["offline_folder"] = session,
                ["script"] = new JsonObject { ["entry_point"] = Path.GetFileName(Environment.ProcessPath ?? "dotnet") },
                ["hyperparams"] = new JsonObject(),
                ["configuration"] = new JsonObject(),
                ["execution"] = new JsonObject { ["artifacts"] = new JsonArray() },
                ["models"] = new JsonObject { ["input"] = new JsonArray(), ["output"] = new JsonArray() },
                ["offline_output_models"] = new JsonArray(),
            }
        );

    /// <summary>Takes a parameter, a tag or a note; false for what is none.</summary>
    public bool TryAdd(in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Parameter:
                AddParameter(record.Parameter.Section, record.Name, record.Parameter.Text, record.Parameter.Type);
                return true;
            case RecordKind.Tag:
                AddParameter("properties", record.Name, record.Text, "str");
                return true;
            case RecordKind.Label:
                List("tags").Add((JsonNode)record.Name);
                return true;
            case RecordKind.Note:
                json["comment"] = record.Text;
                return true;
            default:
                return false;
        }
    }

    public void AddArtifact(in LogRecord record, string key, string path, long size)
    {
        var artifacts = (JsonArray)json["execution"]!["artifacts"]!; // made with the task
        foreach (var earlier in artifacts.Where(each => each?["key"]?.GetValue<string>() == key).ToList())
        {
            artifacts.Remove(earlier);
        }

        artifacts.Add(
            (JsonNode)
                new JsonObject
                {
                    ["key"] = key,
                    ["type"] = ClearMLFiles.TypeOf(record.Artifact.Kind),
                    ["mode"] = "output",
                    ["uri"] = path,
                    ["content_size"] = size,
                    ["timestamp"] = record.Milliseconds / 1000,
                }
        );
    }

    public void AddModel(string id, in LogRecord record, string path) =>
        List("offline_output_models")
            .Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = id,
                        ["init"] = new JsonObject
                        {
                            ["name"] = record.Name,
                            ["framework"] = record.Model.Framework,
                            ["comment"] = record.Model.Description,
                            ["tags"] = new JsonArray([
                                .. record.Model.Tags.Select(tag => (JsonNode)$"{tag.Key}:{tag.Value}"),
                            ]),
                        },
                        ["weights"] = new JsonObject { ["weights_filename"] = path, ["iteration"] = record.Step },
                    }
            );

    public void End(RunEnd end)
    {
        json["status"] = end.Outcome switch
        {
            RunOutcome.Finished => "completed",
            RunOutcome.Failed => "failed",
            _ => "stopped",
        };
        json["status_reason"] = end.Reason;
        json["completed"] = Time(end.At);
    }

    private void AddParameter(string section, string name, string value, string type)
    {
        var sections = (JsonObject)json["hyperparams"]!; // made with the task
        if (sections[section] is not JsonObject parameters)
        {
            sections[section] = parameters = [];
        }

        parameters[name] = new JsonObject
        {
            ["section"] = section,
            ["name"] = name,
            ["value"] = value,
            ["type"] = type,
        };
    }

    private JsonArray List(string name) => (JsonArray)json[name]!; // made with the task

    private string Text(string name) => json[name]?.GetValue<string>() ?? "";

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz");
}
