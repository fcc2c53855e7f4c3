using System.Text.Json;

namespace Braid.Client.Backends.Http;

/// <summary>Reading a server's answers.</summary>
internal static class JsonReading
{
    public static string TextOr(this JsonElement element, string name, string fallback) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : fallback;

    /// <summary>The elements of a list; none when there is no such list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];

    /// <summary>The object of a name; undefined when there is none, which every look into it takes.</summary>
    public static JsonElement Object(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
