using System.Text.Json;
using Braid.Client.Sending;

namespace Braid.Client.MLflow;

/// <summary>The bodies of the model registry's calls.</summary>
internal static class ModelJson
{
    public static void WriteName(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    public static void WriteVersion(Utf8JsonWriter json, ModelUpload model, string source, string runId)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("source", source);
        json.WriteString("run_id", runId);
        if (model.Description is { } description)
        {
            json.WriteString("description", description);
        }

        json.WriteStartArray("tags");
        foreach (var (key, value) in model.Tags ?? new Dictionary<string, string>())
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
