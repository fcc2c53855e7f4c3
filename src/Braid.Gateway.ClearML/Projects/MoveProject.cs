using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Gateway.ClearML.Projects;

/// <summary><c>projects.move</c>: a project, with what is below it, to another place in the tree; no place is the top.</summary>
internal static class MoveProject
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Project("project");
        var place = call.Fields.Text("new_location")?.Trim('/', ' ') ?? "";
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Projects.GetAsync(call.Caller, id, ct);
        if (!found.TryGet(out var project, out var error))
        {
            return error;
        }

        var name = place.Length == 0 ? project.BaseName : $"{place}/{project.BaseName}";
        if (WhyNot(project, place, name) is { } refusal)
        {
            return refusal;
        }

        if (place.Length > 0 && (await call.Rooms.Projects.EnsureAsync(call.Caller, place, ct)).Error is { } unmade)
        {
            return unmade;
        }

        var moved = await call.Rooms.Projects.UpdateAsync(call.Caller, id, new ProjectChange { Name = name }, ct);
        return moved.Select(_ => new JsonObject { ["moved"] = 1 });
    }

    private static Error? WhyNot(Project project, string place, string name) =>
        name == project.Name ? Errors.ProjectIsThere(project.Name)
        : $"{place}/".StartsWith($"{project.Name}/", StringComparison.Ordinal)
            ? Errors.CannotMoveBelowItself(project.Name, place)
        : null;
}
