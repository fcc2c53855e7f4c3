using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Routing;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>Metadata of models and queues: from 2.13, the first contract with some, to 2.16 a list, which is shown empty; a map since.</summary>
internal static class OldMetadata
{
    private static readonly ApiVersion first = new(2, 13);
    private static readonly ApiVersion last = new(2, 16);

    public static JsonNode Show(JsonObject metadata, ApiVersion version) =>
        version.CompareTo(first) >= 0 && version.CompareTo(last) <= 0 ? new JsonArray() : metadata;
}
