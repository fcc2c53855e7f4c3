using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Gateway.Web;

/// <summary>What projects are called.</summary>
internal static class ProjectNames
{
    /// <summary>The full paths; a project that was deleted meanwhile has none.</summary>
    public static async Task<Result<Dictionary<ProjectId, string>>> OfAsync(
        WebRooms rooms,
        Caller caller,
        IEnumerable<ProjectId> ids,
        CancellationToken ct
    )
    {
        var query = new ProjectQuery { Ids = [.. ids.Distinct()], Lifecycle = Tracking.Lifecycle.Any };
        var projects = await rooms.Projects.ListAsync(caller, query, ct);
        return projects.Select(page => page.Items.ToDictionary(project => project.Id, project => project.Name));
    }
}
