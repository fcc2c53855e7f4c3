using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Server;

/// <summary><c>server.info</c>: which contract this server speaks.</summary>
internal static class ServerInfo
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(
            new JsonObject
            {
                ["version"] = Contract.ServerVersion,
                ["build"] = Contract.ServerBuild,
                ["commit"] = "",
                ["uid"] = Contract.Company,
                ["api_version"] = Contract.ApiVersion,
            }
        );
}
