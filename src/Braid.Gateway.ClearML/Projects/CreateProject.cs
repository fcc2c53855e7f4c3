using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Gateway.ClearML.Projects;

/// <summary><c>projects.create</c>: makes a project and its missing ancestors.</summary>
internal static class CreateProject
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var project = new NewProject(CollapsePath(fields.RequiredText("name")))
        {
            Description = fields.Text("description") ?? "",
            Labels = fields.Names("tags"),
            SystemLabels = fields.Names("system_tags"),
            DefaultOutput = fields.Text("default_output_destination") ?? "",
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var made = await call.Rooms.Projects.CreateAsync(call.Caller, project, ct);
        return made.Select(found => new JsonObject { ["id"] = found.Id.ToString() });
    }

    /// <summary><c>/A//B /</c> means <c>A/B</c>.</summary>
    private static string CollapsePath(string path) =>
        string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
