using Braid.Access.Callers;
using Braid.Gateway.ClearML.Users;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>What clients read from a token, without checking its signature: who they are, and which contract this server speaks.</summary>
internal static class TokenClaims
{
    public static Dictionary<string, object> For(Caller caller) =>
        new(StringComparer.Ordinal)
        {
            ["auth_type"] = "Bearer",
            ["identity"] = UserReply.Identity(caller),
            ["env"] = "",
            ["api_version"] = Contract.ApiVersion,
            ["server_version"] = Contract.ServerVersion,
            ["server_build"] = Contract.ServerBuild,
            ["feature_set"] = Contract.FeatureSet,
        };
}
