using System.Text.Json;
using Braid.Client.Backends.ClearML;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.Folder;

/// <summary>The lines of a run's folder, and its <c>run.json</c>.</summary>
internal static class FolderJson
{
    public static void Write(Utf8JsonWriter json, in LogRecord record, IReadOnlyList<string> files)
    {
        json.WriteStartObject();
        switch (record.Kind)
        {
            case RecordKind.Metric:
                WriteSeries(json, record);
                json.WriteValue(record.Value);
                break;
            case RecordKind.Parameter:
                json.WriteString("section", record.Parameter.Section);
                json.WriteString("name", record.Name);
                json.WriteString("value", record.Parameter.Text);
                json.WriteString("type", record.Parameter.Type);
                break;
            case RecordKind.Tag or RecordKind.Note or RecordKind.Label:
                json.WriteString("kind", KindOf(record.Kind));
                json.WriteString("name", record.Name);
                json.WriteString("value", record.Kind == RecordKind.Label ? "" : record.Text);
                break;
            case RecordKind.Artifact:
                json.WriteString("kind", ClearMLFiles.TypeOf(record.Artifact.Kind));
                json.WriteString("name", record.Name);
                break;
            case RecordKind.Model:
                json.WriteString("kind", ClearMLFiles.TypeOf(record.Model.Kind));
                WriteModel(json, record);
                break;
            default:
                json.WriteString("kind", KindOf(record.Kind));
                WriteSeries(json, record);
                break;
        }

        WriteFiles(json, files);
        json.WriteEndObject();
    }

    public static void WriteRun(Utf8JsonWriter json, string id, RunStart start, RunEnd? end)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", start.Name);
        json.WriteString("project", start.Project);
        json.WriteString("task_type", start.TaskType);
        json.WriteStartArray("tags");
        foreach (var label in start.Labels)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
        json.WriteString("started", DateTimeOffset.FromUnixTimeMilliseconds(start.StartedAt));
        json.WriteString("status", end is null ? "running" : KindOf(end.Outcome));
        if (end is not null)
        {
            json.WriteString("reason", end.Reason);
            json.WriteString("ended", DateTimeOffset.FromUnixTimeMilliseconds(end.At));
        }

        json.WriteEndObject();
    }

    private static string KindOf<T>(T kind)
        where T : struct, Enum => kind.ToString().ToLowerInvariant();

    private static void WriteSeries(Utf8JsonWriter json, in LogRecord record)
    {
        json.WriteString("name", record.Name);
        json.WriteNumber("step", record.Step);
        json.WriteNumber("time", record.Milliseconds);
    }

    private static void WriteModel(Utf8JsonWriter json, in LogRecord record)
    {
        json.WriteString("name", record.Name);
        json.WriteNumber("step", record.Step);
        json.WriteString("framework", record.Model.Framework);
        json.WriteString("description", record.Model.Description);
        json.WriteStartObject("tags");
        foreach (var (tag, value) in record.Model.Tags)
        {
            json.WriteString(tag, value);
        }

        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
    }
}
