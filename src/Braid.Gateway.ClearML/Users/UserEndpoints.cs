using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Users;

internal static class UserEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        NotYet("users.get_by_id", "2.1"),
        Works("users.get_current_user", "2.1 2.20 2.26 2.31", GetCurrentUser.HandleAsync),
        NotYet("users.get_all_ex", "2.1 2.8"),
        NotYet("users.get_all", "2.1"),
        NotYet("users.delete", "2.1"),
        NotYet("users.create", "2.1"),
        NotYet("users.update", "2.1"),
        NotYet("users.get_preferences", "2.1"),
        NotYet("users.set_preferences", "2.1 2.33"),
    ];
}
