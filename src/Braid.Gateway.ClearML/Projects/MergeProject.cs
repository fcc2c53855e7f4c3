using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Projects;

/// <summary><c>projects.merge</c>: all that is in a project goes to another, and the project goes.</summary>
internal static class MergeProject
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var (from, into) = (call.Fields.Project("project"), call.Fields.Project("destination_project"));
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var merged = await call.Rooms.Projects.MergeAsync(call.Caller, from, into, ct);
        return merged.Select(moved => new JsonObject
        {
            ["moved_entities"] = moved.Entities,
            ["moved_projects"] = moved.Projects,
        });
    }
}
