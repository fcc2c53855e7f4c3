using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Users;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Auth;

/// <summary><c>auth.edit_user</c>: an administrator gives a user (oneself when none is named) a role.</summary>
internal static class EditRole
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var (id, role) = (call.Fields.Text("user") ?? call.Caller.Name, Roles.Read(call.Fields));
        if ((call.Caller.MayAdminister() ?? call.Fields.Problem) is { } refused)
        {
            return refused;
        }

        if (role is null)
        {
            return new JsonObject { ["updated"] = 0, ["fields"] = new JsonObject() };
        }

        var changed = await call.Rooms.Users.SetRoleAsync(call.Caller, id, role.Value, ct);
        return changed.Select(user => new JsonObject
        {
            ["updated"] = 1,
            ["fields"] = new JsonObject { ["role"] = Roles.Word(user.Role) },
        });
    }
}
