using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Queues;

/// <summary><c>queues.get_default</c>: this server has no queues, so none is the default.</summary>
internal static class GetDefaultQueue
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(Errors.NoDefaultQueue());
}
