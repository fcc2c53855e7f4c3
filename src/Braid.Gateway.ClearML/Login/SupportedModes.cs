using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Login;

/// <summary>
/// <c>login.supported_modes</c> and <c>auth.fixed_users_mode</c>: neither names with passwords nor another system's sign-on. A
/// key pair is what one signs in with.
/// </summary>
internal static class SupportedModes
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(
            new JsonObject
            {
                ["basic"] = new JsonObject { ["enabled"] = false },
                ["sso"] = new JsonObject(),
                ["sso_providers"] = new JsonArray(),
                ["server_errors"] = new JsonObject(),
                ["authenticated"] = call.HasCaller,
            }
        );

    public static Task<Result<JsonObject>> FixedUsersAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(
            new JsonObject { ["enabled"] = false, ["server_errors"] = new JsonObject() }
        );
}
