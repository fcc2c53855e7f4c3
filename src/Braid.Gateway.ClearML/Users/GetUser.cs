using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Users;

/// <summary><c>users.get_by_id</c>.</summary>
internal static class GetUser
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.RequiredText("user");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Users.GetAsync(call.Caller, id, ct);
        return found.Select(user => new JsonObject { ["user"] = UserReply.Of(user) });
    }
}
