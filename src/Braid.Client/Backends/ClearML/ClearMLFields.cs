using System.Text.Json;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearML;

/// <summary>A task's parameters, user properties (tags with values), tags and description, gathered for one call each.</summary>
internal sealed class ClearMLFields(ClearMLTask task, ClearMLServer server)
{
    private const string properties = "properties";

    private readonly List<LogRecord> parameters = [];
    private readonly List<string> tags = [.. task.Tags];
    private bool hasNewTags;
    private string? note;

    /// <summary>How many records were added since they were cleared.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        parameters.Clear();
        (Count, note) = (0, null);
    }

    /// <summary>False for what is none of them.</summary>
    public bool TryAdd(in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Parameter or RecordKind.Tag:
                parameters.Add(record);
                break;
            case RecordKind.Label:
                hasNewTags |= !tags.Contains(record.Name);
                tags.Add(record.Name);
                break;
            case RecordKind.Note:
                note = record.Text;
                break;
            default:
                return false;
        }

        Count++;
        return true;
    }

    public async Task SendAsync(CancellationToken ct)
    {
        if (parameters.Count > 0)
        {
            await server.CallAsync("tasks.edit_hyper_params", WriteParameters, ct);
        }

        if (hasNewTags || note is not null)
        {
            await server.CallAsync("tasks.update", WriteTexts, ct);
            hasNewTags = false;
        }
    }

    private void WriteParameters(Utf8JsonWriter json)
    {
        json.WriteString("task", task.Id);
        json.WriteString("replace_hyperparams", "none");
        json.WriteBoolean("force", value: true);
        json.WriteStartArray("hyperparams");
        foreach (var record in parameters)
        {
            var isTag = record.Kind == RecordKind.Tag;
            json.WriteStartObject();
            json.WriteString("section", isTag ? properties : record.Parameter.Section);
            json.WriteString("name", record.Name);
            json.WriteString("value", isTag ? record.Text : record.Parameter.Text);
            json.WriteString("type", isTag ? "str" : record.Parameter.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteTexts(Utf8JsonWriter json)
    {
        json.WriteString("task", task.Id);
        if (note is not null)
        {
            json.WriteString("comment", note);
        }

        json.WriteStartArray("tags");
        foreach (var tag in tags.Distinct())
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
    }
}
