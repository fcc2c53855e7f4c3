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
        var differences = Differences.Read(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, sourceId, RunParts.All, ct);
        if (!found.TryGet(out var source, out var error))
        {
            return error;
        }

        var project = newProject is null ? null : await ProjectAsync(call, newProject, ct);
        if (project is { IsOk: false })
        {
            return project.Value.Error!;
        }

        var run = Copy(source, differences, project?.Value.Id);
        var made = await call.Rooms.Runs.CreateAsync(call.Caller, run, ct);
        return made.Select(clone => Reply(clone, project?.Value));
    }

    private static async Task<Result<Tracking.Projects.Project>?> ProjectAsync(
        ApiCall call,
        string name,
        CancellationToken ct
    ) => await call.Rooms.Projects.EnsureAsync(call.Caller, name, ct);

    private static NewRun Copy(Run source, Differences differences, ProjectId? project) =>
        new()
        {
            Protocol = CreateTask.Protocol,
            Name = differences.Name ?? source.Name,
            Type = source.Type,
            Project = project ?? differences.Project ?? source.ProjectId,
            Parent = differences.Parent ?? source.ParentId ?? source.Id,
            With = new RunChange
            {
                Comment = differences.Comment ?? source.Comment,
                Labels = differences.Labels ?? source.Labels,
                SystemLabels = [.. (differences.SystemLabels ?? source.SystemLabels).Except(labelsNotCopied)],
                Documents = differences.Documents with
                {
                    Script = source.Documents.Script,
                    Execution = differences.Execution(source),
                    Container = differences.Documents.Container ?? source.Documents.Container,
                    Configuration = differences.Documents.Configuration ?? source.Documents.Configuration,
                    Extra = source.Documents.Extra,
                },
                Parameters = new() { Set = differences.Parameters ?? source.Parameters },
                SetArtifacts = [.. source.Artifacts.Where(artifact => artifact.Mode == "input")],
                SetModels =
                    differences.InputModels ?? [.. source.Models.Where(model => model.Kind == RunModelKind.Input)],
            },
        };

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
    private sealed record Differences(
        string? Name,
        string? Comment,
        ProjectId? Project,
        RunId? Parent,
        IReadOnlyList<string>? Labels,
        IReadOnlyList<string>? SystemLabels,
        IReadOnlyList<RunParameter>? Parameters,
        IReadOnlyList<RunModel>? InputModels,
        RunDocuments Documents,
        JsonObject? Overrides
    )
    {
        public static Differences Read(Fields fields) =>
            new(
                fields.Text("new_task_name"),
                fields.Text("new_task_comment"),
                fields.OptionalProject("new_task_project"),
                fields.OptionalTask("new_task_parent"),
                fields.Has("new_task_tags") ? fields.Names("new_task_tags") : null,
                fields.Has("new_task_system_tags") ? fields.Names("new_task_system_tags") : null,
                fields.Has("new_task_hyperparams")
                    ? HyperParameters.ReadSections(fields, "new_task_hyperparams")
                    : null,
                fields.Has("new_task_input_models")
                    ? TaskModels.ReadList(fields, "new_task_input_models", RunModelKind.Input)
                    : null,
                new()
                {
                    Container = fields.Object("new_task_container")?.ToJsonString(),
                    Configuration = fields.Object("new_task_configuration")?.ToJsonString(),
                },
                fields.Object("execution_overrides")
            );

        /// <summary>The queue belongs to the source's own run.</summary>
        public string Execution(Run source)
        {
            var execution = Replies.Documents.ParseObject(source.Documents.Execution);
            foreach (var (name, value) in Overrides ?? [])
            {
                execution[name] = value?.DeepClone();
            }

            execution.Remove("queue");
            execution.Remove("artifacts");
            return execution.ToJsonString();
        }
    }
}
