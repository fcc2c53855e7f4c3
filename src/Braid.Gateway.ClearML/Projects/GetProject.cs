using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Projects;

/// <summary><c>projects.get_by_id</c></summary>
internal static class GetProject
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Project("project");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Projects.GetAsync(call.Caller, id, ct);
        return found.Select(project => new JsonObject { ["project"] = ProjectReply.Of(project) });
    }
}
