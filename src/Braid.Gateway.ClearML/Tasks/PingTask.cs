using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.ping</c>: the program still runs.</summary>
internal static class PingTask
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Runs.PingAsync(call.Caller, id, ct)).Select(_ => new JsonObject());
    }
}
