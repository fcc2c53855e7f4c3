using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>Small parts of replies.</summary>
internal static class Documents
{
    /// <summary>Labels come sorted.</summary>
    public static JsonArray Labels(IReadOnlyList<string> labels) =>
        [.. labels.Order(StringComparer.Ordinal).Select(label => (JsonNode)label)];

    /// <summary>A field without a value is left out, as clients expect of a document store.</summary>
    public static JsonObject WithoutNulls(this JsonObject document)
    {
        foreach (var name in document.Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            document.Remove(name);
        }

        return document;
    }

    /// <summary>A JSON object that the domain keeps as text; empty when there is none.</summary>
    public static JsonObject ParseObject(string? json) => json is null ? [] : JsonNode.Parse(json) as JsonObject ?? [];

    /// <summary>The reply to a change: how many things changed, and the fields that did, as they were sent.</summary>
    public static JsonObject Updated(JsonObject sent, IReadOnlyList<string> changeable)
    {
        var fields = new JsonObject();
        foreach (var name in changeable)
        {
            if (sent[name] is { } value)
            {
                fields.Add(name, value.DeepClone());
            }
        }

        return new JsonObject { ["updated"] = 1, ["fields"] = fields };
    }
}
