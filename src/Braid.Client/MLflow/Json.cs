using System.Text.Json;

namespace Braid.Client.MLflow;

/// <summary>Reading the server's answers.</summary>
internal static class Json
{
    public static string TextOr(this JsonElement element, string name, string fallback) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ToString()
            : fallback;
}
