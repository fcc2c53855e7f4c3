using System.Text.Json;

namespace Braid.Metadata.Sqlite;

/// <summary>PostgreSQL's <c>document #>> path</c>: text as it is, anything else as JSON; NULL when there is none.</summary>
internal static class JsonText
{
    /// <param name="document">A JSON object, or NULL.</param>
    /// <param name="path">The names on the way, a JSON list.</param>
    public static string? Find(string? document, string path)
    {
        if (document is null)
        {
            return null;
        }

        using var parsed = JsonDocument.Parse(document);
        using var names = JsonDocument.Parse(path);
        var found = parsed.RootElement;
        foreach (var name in names.RootElement.EnumerateArray())
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name.GetString()!, out found)) // a list of texts
            {
                return null;
            }
        }

        return found.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => found.GetString(),
            _ => found.GetRawText(),
        };
    }
}
