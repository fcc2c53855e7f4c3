using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.QueueLists;

/// <summary>The question of <c>POST /api/queues/QUEUE/runs/RUN/move</c>.</summary>
/// <param name="To"><c>front</c>, <c>back</c>, <c>forward</c> or <c>backward</c>.</param>
/// <param name="Count">By how many places, forward and backward.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record QueueMoveBody(string To, long Count = 1);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueueMoveBody))]
internal sealed partial class QueueBodies : JsonSerializerContext;
