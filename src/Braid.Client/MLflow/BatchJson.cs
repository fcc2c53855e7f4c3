using System.Text.Json;
using Braid.Client.Sending;

namespace Braid.Client.MLflow;

/// <summary>The body of <c>runs/log-batch</c>.</summary>
internal static class BatchJson
{
    public static void Write(Utf8JsonWriter json, string runId, BatchPart part)
    {
        json.WriteStartObject();
        json.WriteString("run_id", runId);
        json.WriteStartArray(ListName(part.Kind));
        foreach (var entry in part.Entries)
        {
            WriteEntry(json, entry);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string ListName(EntryKind kind) =>
        kind switch
        {
            EntryKind.Metric => "metrics",
            EntryKind.Param => "params",
            _ => "tags",
        };

    private static void WriteEntry(Utf8JsonWriter json, in Entry entry)
    {
        json.WriteStartObject();
        json.WriteString("key", entry.Name);
        if (entry.Kind == EntryKind.Metric)
        {
            WriteValue(json, entry.Value);
            json.WriteNumber("timestamp", entry.Milliseconds);
            json.WriteNumber("step", entry.Step);
        }
        else
        {
            json.WriteString("value", entry.Text);
        }

        json.WriteEndObject();
    }

    // JSON has no numbers for these; MLflow takes them as text.
    private static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber("value", value);
        }
        else
        {
            json.WriteString(
                "value",
                double.IsNaN(value) ? "NaN"
                    : value > 0 ? "Infinity"
                    : "-Infinity"
            );
        }
    }
}
