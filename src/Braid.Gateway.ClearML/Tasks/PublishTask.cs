using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Datasets;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.publish</c>: makes a task, and its last output model, final.</summary>
internal static class PublishTask
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var change = ChangeStatus.Read(call.Fields, RunStatus.Published) with
        {
            CompletesDataset = await DatasetTasks.IsAsync(call, ct),
        };
        var withModel = call.Fields.Flag("publish_model") ?? true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var published = await call.Rooms.Runs.SetStatusAsync(call.Caller, id, change, ct);
        if (published.IsOk && withModel && await PublishModelAsync(call, id, ct) is { } error)
        {
            return error;
        }

        return published.Select(ChangeStatus.Reply);
    }

    private static async Task<Error?> PublishModelAsync(ApiCall call, RunId id, CancellationToken ct)
    {
        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.Models, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        var last = run.Models.LastOrDefault(model => model.Kind == RunModelKind.Output);
        return last is null
            ? null
            : (await call.Rooms.Models.UpdateAsync(call.Caller, last.Model, new() { IsPublished = true }, ct)).Error;
    }
}
