using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.Data.Annotations;

/// <summary>The column form of annotations: a JSON object, keys in the order of their characters.</summary>
internal static class AnnotationText
{
    public static SortedDictionary<string, string> Read(string json)
    {
        var read = JsonSerializer.Deserialize(json, AnnotationJson.Default.DictionaryStringString) ?? [];
        return new(read, StringComparer.Ordinal);
    }

    public static string Write(SortedDictionary<string, string> all) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(all), AnnotationJson.Default.DictionaryStringString);
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class AnnotationJson : JsonSerializerContext;
