using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Users;

/// <summary><c>users.create</c> and <c>users.delete</c>, for administrators; <c>users.update</c>, of oneself for others.</summary>
internal static class EditUser
{
    public static async Task<Result<JsonObject>> CreateAsync(ApiCall call, CancellationToken ct)
    {
        var user = UserFields.Read(call.Fields, call.Fields.RequiredText("id"));
        Companies.RequireIn(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var made = await call.Rooms.Users.CreateAsync(call.Caller, user, ct);
        return made.Select(_ => new JsonObject());
    }

    public static async Task<Result<JsonObject>> UpdateAsync(ApiCall call, CancellationToken ct)
    {
        var (id, change) = (call.Fields.RequiredText("user"), UserFields.ReadChange(call.Fields));
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Users.UpdateAsync(call.Caller, id, change, ct);
        return changed.Select(_ => Documents.Updated(call.Fields.Json, UserFields.Changeable));
    }

    public static async Task<Result<JsonObject>> DeleteAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.RequiredText("user");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var deleted = await call.Rooms.Users.DeleteAsync(call.Caller, id, ct);
        return deleted.Select(_ => new JsonObject());
    }
}
