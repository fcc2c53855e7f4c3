using System.Text.Json.Nodes;
using Braid.Access.Users;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Users;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>
/// <c>auth.create_user</c>, for administrators. The e-mail address becomes the user's id: it is what people of other doors see as
/// the owner of what the user makes. <c>users.create</c> takes any id.
/// </summary>
internal static class CreateUser
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var email = fields.RequiredText("email").Trim().ToLowerInvariant();
        Companies.RequireIn(fields);
        var user = UserFields.Read(fields, email) with { Email = email, Role = Roles.Read(fields) ?? UserRole.Member };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var made = await call.Rooms.Users.CreateAsync(call.Caller, user, ct);
        return made.Select(created => new JsonObject { ["id"] = created.Id });
    }
}
