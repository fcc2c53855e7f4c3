using System.Text.Json.Serialization;
using Braid.Tracking;

namespace Braid.Gateway.Web.NamedModels;

/// <summary>The question of <c>PATCH /api/registry/model?name=N</c>; what is null or not listed stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NamedModelBody
{
    public string? Description { get; init; }
    public IReadOnlyDictionary<string, string>? SetTags { get; init; }
    public IReadOnlyList<string>? RemoveTags { get; init; }
}

/// <summary>The question of <c>PUT /api/registry/alias?name=N</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AliasBody(string Alias, long Version);

/// <summary>The question of <c>PATCH /api/models/ID</c>; what is null or not listed stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ModelBody
{
    public string? Comment { get; init; }

    /// <summary>MLflow's: <c>none</c>, <c>staging</c>, <c>production</c> or <c>archived</c>; of a version only.</summary>
    public string? Stage { get; init; }

    /// <summary>Other versions that are in the stage are archived.</summary>
    public bool ArchiveOthers { get; init; }
    public bool? IsPublished { get; init; }
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyDictionary<string, string>? SetTags { get; init; }
    public IReadOnlyList<string>? RemoveTags { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NamedModelBody))]
[JsonSerializable(typeof(AliasBody))]
[JsonSerializable(typeof(ModelBody))]
internal sealed partial class NamedModelBodies : JsonSerializerContext
{
    public static IReadOnlyList<Tag> Tags(IReadOnlyDictionary<string, string>? tags) =>
        [.. (tags ?? new Dictionary<string, string>()).Select(tag => new Tag(tag.Key, tag.Value))];
}
