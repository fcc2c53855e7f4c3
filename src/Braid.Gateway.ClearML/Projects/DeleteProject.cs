using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Files;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>
/// <c>projects.validate_delete</c> and <c>projects.delete</c>: a project with all below it. What is in them is deleted, too, or
/// goes to the project of what has none. Not while tasks or models are in use there, unless forced.
/// </summary>
internal static class DeleteProject
{
    public static async Task<Result<JsonObject>> ValidateAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Project("project");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await ProjectContents.OfAsync(call, id, ct);
        if (!found.TryGet(out var contents, out var error))
        {
            return error;
        }

        var counts = new JsonObject
        {
            ["pipelines"] = contents.Count(ProjectKinds.Pipeline),
            ["datasets"] = contents.Count(ProjectKinds.Dataset),
        };
        return
            (
                await CountAsync(contents, counts, "", onlyActive: false, ct)
                ?? await CountAsync(contents, counts, "non_archived_", onlyActive: true, ct)
            )
                is { } refused
            ? refused
            : counts;
    }

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Project("project");
        var isForced = call.Fields.Flag("force") == true;
        var withContents = call.Fields.Flag("delete_contents") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await ProjectContents.OfAsync(call, id, ct);
        if (!found.TryGet(out var contents, out var error))
        {
            return error;
        }

        if (!isForced && await WhyNotAsync(contents, ct) is { } refusal)
        {
            return refusal;
        }

        return await EmptyAsync(call, contents, withContents, ct);
    }

    private static async Task<Error?> CountAsync(
        ProjectContents contents,
        JsonObject counts,
        string prefix,
        bool onlyActive,
        CancellationToken ct
    )
    {
        var tasks = await contents.CountTasksAsync(onlyActive, !ProjectKinds.IsReport, ct);
        var reports = await contents.CountTasksAsync(onlyActive, ProjectKinds.IsReport, ct);
        var models = await contents.CountModelsAsync(onlyActive, ct);
        if ((tasks.Error ?? reports.Error ?? models.Error) is { } error)
        {
            return error;
        }

        counts[$"{prefix}tasks"] = tasks.Value;
        counts[$"{prefix}reports"] = reports.Value;
        counts[$"{prefix}models"] = models.Value;
        return null;
    }

    private static async Task<Error?> WhyNotAsync(ProjectContents contents, CancellationToken ct)
    {
        var tasks = await contents.CountTasksAsync(onlyActive: true, Filter.Everything, ct);
        var models = await contents.CountModelsAsync(onlyActive: true, ct);
        var (pipelines, datasets) = (contents.Count(ProjectKinds.Pipeline), contents.Count(ProjectKinds.Dataset));
        var name = contents.Projects[^1].Name;
        return tasks.Error
            ?? models.Error
            ?? (
                tasks.Value > 0 ? Errors.ProjectHasTasks(name, tasks.Value)
                : models.Value > 0 ? Errors.ProjectHasModels(name, models.Value)
                : pipelines > 0 ? Errors.ProjectHasPipelines(name, pipelines)
                : datasets > 0 ? Errors.ProjectHasDatasets(name, datasets)
                : null
            );
    }

    private static async Task<Result<JsonObject>> EmptyAsync(
        ApiCall call,
        ProjectContents contents,
        bool withContents,
        CancellationToken ct
    )
    {
        var tasks = await contents.TasksAsync(ct);
        var models = await contents.ModelsAsync(ct);
        if ((tasks.Error ?? models.Error) is { } unread)
        {
            return unread;
        }

        var urls = withContents ? new FileUrls() : null;
        foreach (var task in tasks.Value.Items)
        {
            if ((urls is null ? null : await urls.AddTaskAsync(call, task.Id, ct)) is { } unlisted)
            {
                return unlisted;
            }

            if (await LeaveAsync(call, task, withContents, ct) is { } refused)
            {
                return refused;
            }
        }

        foreach (var model in models.Value.Items)
        {
            if (await LeaveAsync(call, model, withContents, ct) is { } refused)
            {
                return refused;
            }
        }

        urls?.AddModels(models.Value.Items.Select(model => model.Uri));
        foreach (var project in contents.Projects)
        {
            if ((await call.Rooms.Projects.DeleteAsync(call.Caller, project.Id, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        return new JsonObject
        {
            ["deleted"] = contents.Projects.Count,
            ["disassociated_tasks"] = withContents ? 0 : tasks.Value.Items.Count,
            ["deleted_tasks"] = withContents ? tasks.Value.Items.Count : 0,
            ["deleted_models"] = withContents ? models.Value.Items.Count : 0,
            ["urls"] = urls?.ToJson(),
        };
    }

    private static async Task<Error?> LeaveAsync(ApiCall call, Run task, bool deletes, CancellationToken ct) =>
        deletes
            ? (await call.Rooms.Runs.DeleteAsync(call.Caller, task.Id, FileUrls.Fate(call.Fields), ct)).Error
            : (
                await call.Rooms.Runs.UpdateAsync(
                    call.Caller,
                    task.Id,
                    new RunChange { Project = Tracking.Projects.Projects.Default },
                    ct
                )
            ).Error;

    private static async Task<Error?> LeaveAsync(ApiCall call, Model model, bool deletes, CancellationToken ct) =>
        deletes
            ? (await call.Rooms.Models.DeleteAsync(call.Caller, model.Id, FileUrls.Fate(call.Fields), ct)).Error
            : (
                await call.Rooms.Models.UpdateAsync(
                    call.Caller,
                    model.Id,
                    new ModelChange { Project = Tracking.Projects.Projects.Default },
                    ct
                )
            ).Error;
}
