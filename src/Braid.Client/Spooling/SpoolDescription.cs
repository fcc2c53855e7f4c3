using System.Text.Json;
using Braid.Client.Backends;

namespace Braid.Client.Spooling;

/// <summary>A spool's <c>run.json</c>.</summary>
internal static class SpoolDescription
{
    /// <summary>Of the whole folder's layout, docs/formats/client-spool.md.</summary>
    private const int version = 1;

    public static void Write(Utf8JsonWriter json, SpoolContent content)
    {
        var start = content.Start;
        json.WriteStartObject();
        json.WriteNumber("version", version);
        json.WriteString("name", start.Name);
        json.WriteString("project", start.Project);
        json.WriteString("task_type", start.TaskType);
        json.WriteString("run_id", start.RunId);
        json.WriteString("continuation", start.Continuation.ToString());
        json.WriteNumber("started_at", start.StartedAt);
        json.WriteNumber("rank", start.Rank);
        json.WriteString("launch", content.Launch);
        json.WriteStartArray("labels");
        foreach (var label in start.Labels)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
        json.WriteStartObject("backends");
        foreach (var backend in content.Backends)
        {
            json.WriteString(backend.Name, backend.Address);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">It is of a version that this one does not know.</exception>
    public static SpoolContent Read(JsonElement json) =>
        json.GetProperty("version").GetInt32() is not version and var other
            ? throw new InvalidDataException($"version {other} of a spool is unknown here: send it with what wrote it")
            : ReadFields(json);

    private static SpoolContent ReadFields(JsonElement json) =>
        new(
            new RunStart
            {
                Name = json.GetProperty("name").GetString() ?? "",
                Project = json.GetProperty("project").GetString(),
                TaskType = json.GetProperty("task_type").GetString() ?? "training",
                RunId = json.GetProperty("run_id").GetString(),
                Continuation = Enum.Parse<Continuation>(json.GetProperty("continuation").GetString() ?? ""),
                StartedAt = json.GetProperty("started_at").GetInt64(),
                Rank = json.GetProperty("rank").GetInt32(),
                Labels = [.. json.GetProperty("labels").EnumerateArray().Select(label => label.GetString() ?? "")],
            },
            json.TryGetProperty("launch", out var launch) ? launch.GetString() ?? "" : "", // spools of before have none
            [
                .. json.GetProperty("backends")
                    .EnumerateObject()
                    .Select(backend => new SpooledBackend(backend.Name, backend.Value.GetString() ?? "")),
            ]
        );
}
