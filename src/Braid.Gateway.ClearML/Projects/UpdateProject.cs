using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Gateway.ClearML.Projects;

/// <summary><c>projects.update</c>: a new name may change the last segment of the path only.</summary>
internal static class UpdateProject
{
    private static readonly string[] changeable =
    [
        "name",
        "description",
        "tags",
        "system_tags",
        "default_output_destination",
    ];

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Project("project");
        var change = new ProjectChange
        {
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            Labels = fields.Has("tags") ? fields.Names("tags") : null,
            SystemLabels = fields.Has("system_tags") ? fields.Names("system_tags") : null,
            DefaultOutput = fields.Text("default_output_destination"),
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (change.Name is { } name && await WhyNotAsync(call, id, name, ct) is { } refusal)
        {
            return refusal;
        }

        var updated = await call.Rooms.Projects.UpdateAsync(call.Caller, id, change, ct);
        return updated.Select(_ => Replies.Documents.Updated(fields.Json, changeable));
    }

    private static async Task<Error?> WhyNotAsync(ApiCall call, ProjectId id, string name, CancellationToken ct)
    {
        var found = await call.Rooms.Projects.GetAsync(call.Caller, id, ct);
        if (!found.TryGet(out var project, out var error))
        {
            return error;
        }

        var parent = project.Name[..^project.BaseName.Length];
        var isInPlace = name.StartsWith(parent, StringComparison.Ordinal) && !name[parent.Length..].Contains('/');
        return isInPlace ? null : Errors.CannotMoveProject(name, parent);
    }
}
