using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Auth;

/// <summary><c>auth.validate_token</c>: whom a token stands for, or why for nobody. That it does not hold is no error.</summary>
internal static class ValidateToken
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var token = call.Fields.RequiredText("token");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var origin = new CallerOrigin(CallerOf.Door, "") { Machine = call.Worker };
        var found = await call.Rooms.Access.FromTokenAsync(token, origin, ct);
        return found.TryGet(out var caller, out var error)
            ? new JsonObject
            {
                ["valid"] = true,
                ["user"] = caller.Name,
                ["company"] = Contract.Company,
            }
            : new JsonObject { ["valid"] = false, ["msg"] = error.Message };
    }
}
