using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.set_ready</c>: publishes a model and, unless told otherwise, the task that made it.</summary>
internal static class SetReady
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Model("model");
        var withTask = call.Fields.Flag("publish_task") ?? true;
        var force = call.Fields.Flag("force_publish_task") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var published = await call.Rooms.Models.ChangeAsync(call.Caller, id, Publish, ct);
        if (!published.TryGet(out var model, out var error))
        {
            return error;
        }

        var data = Reply(model);
        return withTask && model.RunId is { } task ? await PublishTaskAsync(call, task, force, data, ct) : data;
    }

    private static Result<ModelChange> Publish(Model model) =>
        model.IsPublished ? Errors.ModelIsReady(model.Id) : new ModelChange { IsPublished = true };

    private static async Task<Result<JsonObject>> PublishTaskAsync(
        ApiCall call,
        RunId task,
        bool force,
        JsonObject data,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Runs.GetAsync(call.Caller, task, RunParts.None, ct);
        if (found is not { IsOk: true, Value.Status: not RunStatus.Published })
        {
            return data;
        }

        var change = new StatusChange(RunStatus.Published) { Force = force };
        var published = await call.Rooms.Runs.SetStatusAsync(call.Caller, task, change, ct);
        return published.Select(run =>
        {
            data["published_task"] = new JsonObject { ["id"] = task.ToString(), ["data"] = ChangeStatus.Reply(run) };
            return data;
        });
    }

    private static JsonObject Reply(Model model) =>
        new()
        {
            ["updated"] = 1,
            ["fields"] = new JsonObject { ["ready"] = true, ["last_update"] = Times.Iso(model.LastUpdate) },
        };
}
