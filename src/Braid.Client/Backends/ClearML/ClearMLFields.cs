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

    /// <summary>How many tags and descriptions were added since they were cleared.</summary>
    public int TextCount { get; private set; }

    /// <summary>The parameters that were added since they were cleared.</summary>
    public IReadOnlyList<LogRecord> Parameters => parameters;

    public void Clear()
    {
        parameters.Clear();
        (TextCount, note) = (0, null);
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
                TextCount++;
                break;
            case RecordKind.Note:
                note = record.Text;
                TextCount++;
                break;
            default:
                return false;
        }

        return true;
    }

    public Task SendParametersAsync(IReadOnlyList<LogRecord> some, CancellationToken ct) =>
        server.CallAsync("tasks.edit_hyper_params", json => WriteParameters(json, some), ct);

    public async Task SendTextsAsync(CancellationToken ct)
    {
        if (hasNewTags || note is not null)
        {
            await server.CallAsync("tasks.update", WriteTexts, ct);
            hasNewTags = false;
        }
    }

    private void WriteParameters(Utf8JsonWriter json, IReadOnlyList<LogRecord> some)
    {
        json.WriteString("task", task.Id);
        json.WriteString("replace_hyperparams", "none");
        json.WriteBoolean("force", value: true);
        json.WriteStartArray("hyperparams");
        foreach (var record in some)
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
