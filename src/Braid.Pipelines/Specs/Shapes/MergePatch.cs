using System.Text.Json.Nodes;

namespace Braid.Pipelines.Specs.Shapes;

/// <summary>JSON Merge Patch (RFC 7396): objects are merged field by field, null removes, all else replaces.</summary>
internal static class MergePatch
{
    /// <summary>The target with the patch applied; neither is changed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var merged = target is JsonObject before ? before.DeepClone().AsObject() : [];
        foreach (var (field, change) in changes)
        {
            if (change is null)
            {
                merged.Remove(field);
            }
            else
            {
                merged[field] = Apply(merged[field], change);
            }
        }

        return merged;
    }
}
