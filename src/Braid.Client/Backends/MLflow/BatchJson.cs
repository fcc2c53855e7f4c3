using System.Text.Json;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.MLflow;

/// <summary>The body of <c>runs/log-batch</c>.</summary>
internal static class BatchJson
{
    /// <summary>The value of a tag that is only a word.</summary>
    public const string LabelValue = "true";

    private const string note = "mlflow.note.content";
    private const string general = "General";

    public static void Write(Utf8JsonWriter json, string runId, string list, IReadOnlyList<LogRecord> records)
    {
        json.WriteString("run_id", runId);
        json.WriteStartArray(list);
        foreach (var record in records)
        {
            json.WriteStartObject();
            WriteFields(json, record);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Metric:
                json.WriteString("key", record.Name);
                json.WriteValue(record.Value);
                json.WriteNumber("timestamp", record.Milliseconds);
                json.WriteNumber("step", record.Step);
                break;
            case RecordKind.Parameter:
                json.WriteString("key", KeyOf(record));
                json.WriteString("value", record.Parameter.Text);
                break;
            default:
                json.WriteString("key", record.Kind == RecordKind.Note ? note : record.Name);
                json.WriteString("value", record.Kind == RecordKind.Label ? LabelValue : record.Text);
                break;
        }
    }

    /// <summary>Parameters have no sections here: those of another than the general one have it in their names.</summary>
    private static string KeyOf(in LogRecord record) =>
        record.Parameter.Section == general ? record.Name : $"{record.Parameter.Section}/{record.Name}";
}
