using System.Text.Json.Nodes;
using Braid.Access.Users;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Users;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Organization;

/// <summary><c>organization.get_user_companies</c>: the one workspace that there is, and who administers it.</summary>
internal static class GetCompanies
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var found = await call.Rooms.Users.ListAsync(call.Caller, ct);
        return found.Select(users =>
        {
            var company = Companies.Reply();
            company["owners"] = new JsonArray([
                .. users.Where(user => user.Role == UserRole.Administrator).Select(Owner),
            ]);
            return new JsonObject { ["companies"] = new JsonArray(company) };
        });
    }

    private static JsonObject Owner(User user) =>
        new()
        {
            ["id"] = user.Id,
            ["name"] = user.Name,
            ["avatar"] = user.Avatar,
        };
}
