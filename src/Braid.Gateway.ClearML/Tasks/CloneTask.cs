using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>
/// <c>tasks.clone</c>: a draft with the same program, parameters, configuration, container and input models; without what
/// the source logged, made or noted while it ran.
/// </summary>
internal static class CloneTask
{
    private static readonly string[] labelsNotCopied = [SystemTags.Development, SystemTags.Archived];

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var sourceId = fields.Task();
        var newProject = fields.Text("new_project_name");
        var differences = Differences(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var project = newProject is null ? null : await ProjectAsync(call, newProject, ct);
        if (project is { IsOk: false })
        {
            return project.Value.Error!;
        }

        var cloning = project is { } made ? differences with { Project = made.Value.Id } : differences;
        var clone = await call.Rooms.Runs.CloneAsync(call.Caller, sourceId, cloning, ct);
        return clone.Select(run => Reply(run, project?.Value));
    }

    private static async Task<Result<Tracking.Projects.Project>?> ProjectAsync(
        ApiCall call,
        string name,
        CancellationToken ct
    ) => await call.Rooms.Projects.EnsureAsync(call.Caller, name, ct);

    private static JsonObject Reply(Run clone, Tracking.Projects.Project? project)
    {
        var data = new JsonObject { ["id"] = clone.Id.ToString() };
        if (project is not null)
        {
            data["new_project"] = new JsonObject { ["id"] = project.Id.ToString(), ["name"] = project.Name };
        }

        return data;
    }

    /// <summary>What the clone has of its own.</summary>
    private static RunCloning Differences(Fields fields) =>
        new()
        {
            Protocol = CreateTask.Protocol,
            Name = fields.Text("new_task_name"),
            Comment = fields.Text("new_task_comment"),
            Project = fields.OptionalProject("new_task_project"),
            Parent = fields.OptionalTask("new_task_parent"),
            Labels = fields.Has("new_task_tags") ? fields.Names("new_task_tags") : null,
            SystemLabels = fields.Has("new_task_system_tags") ? fields.Names("new_task_system_tags") : null,
            LabelsLeft = labelsNotCopied,
            Parameters = fields.Has("new_task_hyperparams")
                ? HyperParameters.ReadSections(fields, "new_task_hyperparams")
                : null,
            InputModels = fields.Has("new_task_input_models")
                ? TaskModels.ReadList(fields, "new_task_input_models", RunModelKind.Input)
                : null,
            Container = fields.Object("new_task_container")?.ToJsonString(),
            Configuration = fields.Object("new_task_configuration")?.ToJsonString(),
            Execution = fields.Object("execution_overrides") ?? [],
        };
}
