using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Runs.Changes;

/// <summary>The question of <c>PATCH /api/runs/ID</c>: what is null stays as it is.</summary>
/// <param name="Note">Free text about the run.</param>
/// <param name="Labels">All of them, in place of those there are.</param>
/// <param name="SetTags">Tags to set, by key.</param>
/// <param name="RemoveTags">Keys of tags to remove.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RunEditBody(
    string? Name = null,
    string? Note = null,
    IReadOnlyList<string>? Labels = null,
    IReadOnlyDictionary<string, string>? SetTags = null,
    IReadOnlyList<string>? RemoveTags = null
);

/// <summary>The question of <c>POST /api/runs/ID/clone</c>.</summary>
/// <param name="Parameters">All of them, in place of the source's; null for the source's.</param>
/// <param name="Queue">The name of the queue to put it into at once; null to leave it a draft.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RunCloneBody(
    string? Name = null,
    IReadOnlyList<ParameterBody>? Parameters = null,
    string? Queue = null
);

internal sealed record ParameterBody(string Section, string Name, string Value);

/// <summary>The question of <c>POST /api/runs/actions</c>.</summary>
/// <param name="Action"><c>stop</c>, <c>enqueue</c>, <c>archive</c>, <c>restore</c> or <c>delete</c>.</param>
/// <param name="Queue">To enqueue: the name of the queue.</param>
/// <param name="Files">To delete: whether stored files go too.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RunActionBody(
    string Action,
    IReadOnlyList<string> Runs,
    string? Queue = null,
    bool Files = false
);

/// <summary>The question of <c>POST /api/runs/remains</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RunListBody(IReadOnlyList<string> Runs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunEditBody))]
[JsonSerializable(typeof(RunCloneBody))]
[JsonSerializable(typeof(RunActionBody))]
[JsonSerializable(typeof(RunListBody))]
internal sealed partial class RunBodies : JsonSerializerContext;
