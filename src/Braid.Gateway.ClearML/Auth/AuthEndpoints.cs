using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Auth;

internal static class AuthEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("auth.login", "2.1", LogIn.HandleAsync),
        NotYet("auth.logout", "2.2"),
        NotYet("auth.get_token_for_user", "2.1"),
        NotYet("auth.validate_token", "2.1"),
        NotYet("auth.create_user", "2.1"),
        NotYet("auth.create_credentials", "2.1 2.17"),
        NotYet("auth.get_credentials", "2.1"),
        NotYet("auth.edit_credentials", "2.19"),
        NotYet("auth.revoke_credentials", "2.1"),
        NotYet("auth.edit_user", "2.1"),
        NotYet("auth.fixed_users_mode", "2.1").ForAnybody(),
    ];
}
