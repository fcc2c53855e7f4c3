using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Server;

/// <summary><c>debug.ping</c>: answers what it was sent.</summary>
internal static class Ping
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var data = call.Fields.Json.DeepClone().AsObject();
        data["msg"] = "pong";
        return Task.FromResult<Result<JsonObject>>(data);
    }
}
