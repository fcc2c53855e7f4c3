using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.get_by_task_id</c>: what a task made last.</summary>
internal static class GetModelOfTask
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.Models, ct);
        if (!found.TryGet(out var task, out var error))
        {
            return error;
        }

        if (task.Models.LastOrDefault(link => link.Kind == RunModelKind.Output) is not { } made)
        {
            return Errors.TaskMadeNoModel(id);
        }

        var model = await call.Rooms.Models.GetAsync(call.Caller, made.Model, ct);
        return await ShowModels.OneAsync(call, model, ct);
    }
}
