using System.Text.Json.Nodes;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>A spec whose names are checked, before defaults.</summary>
/// <param name="Fields">In camelCase; nulls, which unset defaults, are still there.</param>
/// <param name="UserJson">As its user wrote it.</param>
/// <param name="Warnings">What of an older form was changed or left out.</param>
internal sealed record SpecDraft(JsonObject Fields, string UserJson, IReadOnlyList<string> Warnings)
{
    public string Project =>
        Fields["pipeline"] is JsonObject pipeline
        && pipeline["project"] is JsonObject project
        && project["name"] is JsonValue value
        && value.TryGetValue<string>(out var name)
        && name.Length > 0
            ? name
            : "default";
}
