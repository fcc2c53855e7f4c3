using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary><c>active_users</c>: only what some users made.</summary>
internal static class ActiveUsers
{
    public static IReadOnlyList<string> Asked(Fields fields) => fields.Names("active_users");

    /// <summary>What they made; everything when none is named.</summary>
    public static Filter Made(IReadOnlyList<string> users, Field user) =>
        users.Count == 0 ? Filter.Everything : new Filter.OneOf(user, users);

    /// <summary>The projects in or below which there are tasks or models of the users; all when none is named.</summary>
    public static async Task<Result<Filter>> ProjectsAsync(ApiCall call, CancellationToken ct)
    {
        var users = Asked(call.Fields);
        if (users.Count == 0)
        {
            return Filter.Everything;
        }

        var scope = new WordScope { Where = Made(users, RunFields.User) };
        var tasks = await call.Rooms.Words.ProjectsAsync(call.Caller, Labelled.Runs, scope, ct);
        var models = await call.Rooms.Words.ProjectsAsync(call.Caller, Labelled.Models, scope, ct);
        return (tasks.Error ?? models.Error) is { } refused
            ? refused
            : await ProjectKinds.InOrAboveAsync(call, [.. tasks.Value.Union(models.Value)], ct);
    }
}
