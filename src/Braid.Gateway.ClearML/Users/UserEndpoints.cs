using Braid.Gateway.ClearML.Routing;
using static Braid.Gateway.ClearML.Routing.Endpoint;

namespace Braid.Gateway.ClearML.Users;

internal static class UserEndpoints
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        Works("users.get_by_id", "2.1", GetUser.HandleAsync),
        Works("users.get_current_user", "2.1 2.20 2.26 2.31", GetCurrentUser.HandleAsync),
        Works("users.get_all_ex", "2.1 2.8", ListUsers.ActiveAsync),
        Works("users.get_all", "2.1", ListUsers.HandleAsync),
        Works("users.delete", "2.1", EditUser.DeleteAsync),
        Works("users.create", "2.1", EditUser.CreateAsync),
        Works("users.update", "2.1", EditUser.UpdateAsync),
        Works("users.get_preferences", "2.1", Preferences.GetAsync),
        Works("users.set_preferences", "2.1 2.33", Preferences.SetAsync),
    ];
}
