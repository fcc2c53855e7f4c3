using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Finding;

/// <summary>Something found: what kind it is, its page, what it is called, and what tells it from others of that name.</summary>
internal static class FoundJson
{
    public static JsonObject Write(string kind, string path, string title, string hint) =>
        new()
        {
            ["kind"] = kind,
            ["path"] = path,
            ["title"] = title,
            ["hint"] = hint,
        };
}
