using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Queues;

/// <summary><c>queues.get_all</c>: none, since this server has no queues; clients ask for them when they start.</summary>
internal static class ListQueues
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(new JsonObject { ["queues"] = new JsonArray() });
}
