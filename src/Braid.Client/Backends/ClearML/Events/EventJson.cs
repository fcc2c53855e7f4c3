using System.Text.Encodings.Web;
using System.Text.Json;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearML.Events;

/// <summary>Records as ClearML's events.</summary>
internal static class EventJson
{
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a file goes to the file server, which the event then names.</summary>
    public static bool HasFile(in LogRecord record) =>
        record.Kind is RecordKind.Image or RecordKind.Audio
        || (record.Kind == RecordKind.Figure && record.Media.Extension != "json");

    /// <param name="json">Where to.</param>
    /// <param name="task">Whose event it is.</param>
    /// <param name="record">What was logged.</param>
    /// <param name="file">The field <c>url</c> or <c>key</c>, and its value, of what has a file.</param>
    public static void Write(
        Utf8JsonWriter json,
        string task,
        in LogRecord record,
        (string Field, string Value) file = default
    )
    {
        json.WriteStartObject();
        json.WriteString("task", task);
        json.WriteNumber("timestamp", record.Milliseconds);
        json.WriteString("worker", Environment.MachineName);
        if (record.Kind is RecordKind.Console or RecordKind.Text)
        {
            json.WriteString("type", "log");
            json.WriteString("level", "INFO");
            json.WriteString("msg", LineOf(record));
        }
        else
        {
            WriteSeries(json, record, file);
        }

        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, in LogRecord record, (string Field, string Value) file)
    {
        var name = SeriesTitle.Of(record.Name);
        json.WriteString("metric", name.Title);
        json.WriteString("variant", name.Series);
        json.WriteNumber("iter", record.Step);
        if (record.Kind == RecordKind.Metric)
        {
            json.WriteString("type", "training_stats_scalar");
            json.WriteValue(record.Value);
        }
        else if (HasFile(record))
        {
            json.WriteString("type", "training_debug_image");
            json.WriteString(file.Field, file.Value);
        }
        else
        {
            json.WriteString("type", "plot");
            json.WriteString("plot_str", Plotly.Of(record));
        }
    }

    private static string LineOf(in LogRecord record) =>
        record.Kind == RecordKind.Console
            ? record.Text
            : $"{record.Name} [{record.Step}]: {System.Text.Encoding.UTF8.GetString(record.Media.Content.Span)}";
}
