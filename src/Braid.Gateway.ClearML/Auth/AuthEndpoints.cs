using Braid.Gateway.ClearML.Login;
using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Auth;

internal static class AuthEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("auth.login", "2.1", LogIn.HandleAsync).ForSender(),
        Works("auth.logout", "2.2", LogOut.HandleAsync).ForSender(),
        Works("auth.get_token_for_user", "2.1", TokenForUser.HandleAsync),
        Works("auth.validate_token", "2.1", ValidateToken.HandleAsync),
        Works("auth.create_user", "2.1", CreateUser.HandleAsync),
        Works("auth.create_credentials", "2.1 2.17", Keys.CreateAsync),
        Works("auth.get_credentials", "2.1", Keys.ListAsync),
        Works("auth.edit_credentials", "2.19", Keys.RelabelAsync),
        Works("auth.revoke_credentials", "2.1", Keys.RevokeAsync),
        Works("auth.edit_user", "2.1", EditRole.HandleAsync),
        Works("auth.fixed_users_mode", "2.1", SupportedModes.FixedUsersAsync).ForAnybody(),
    ];
}
