using System.Text.Json;
using Braid.Client.Records;

namespace Braid.Client.Backends.MLflow;

/// <summary>The bodies of the model registry's calls.</summary>
internal static class ModelJson
{
    public static void WriteVersion(Utf8JsonWriter json, string name, ModelFile model, string source, string runId)
    {
        json.WriteString("name", name);
        json.WriteString("source", source);
        json.WriteString("run_id", runId);
        if (model.Description.Length > 0)
        {
            json.WriteString("description", model.Description);
        }

        json.WriteStartArray("tags");
        foreach (var (key, value) in model.Tags)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
