using Braid.Gateway.ClearML.Auth;
using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Login;

/// <summary>The service <c>login</c>: how a browser may sign in.</summary>
internal static class LoginEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("login.supported_modes", "2.9", SupportedModes.HandleAsync).ForAnybody(),
        Works("login.logout", "2.13", LogOut.HandleAsync).ForSender(),
    ];
}
