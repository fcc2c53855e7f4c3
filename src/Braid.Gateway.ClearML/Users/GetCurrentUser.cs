using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Users;

/// <summary><c>users.get_current_user</c>: who the caller is.</summary>
internal static class GetCurrentUser
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var isJob = call.Caller.MayHaveAccount() is not null;
        var reply = isJob ? UserReply.Of(call.Caller) : await AccountAsync(call, ct);
        return reply.Select(user =>
        {
            user["company"] = Companies.Reply();
            return new JsonObject
            {
                ["user"] = user,
                ["getting_started"] = null,
                ["settings"] = new JsonObject(),
            };
        });
    }

    private static async Task<Result<JsonObject>> AccountAsync(ApiCall call, CancellationToken ct) =>
        (await call.Rooms.Users.GetAsync(call.Caller, call.Caller.Name, ct)).Select(UserReply.Of);
}
