using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Users;

/// <summary><c>users.get_current_user</c>: who the caller is.</summary>
internal static class GetCurrentUser
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(
            new JsonObject
            {
                ["user"] = UserReply.Of(call.Caller),
                ["getting_started"] = null,
                ["settings"] = new JsonObject(),
            }
        );
}
