using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.delete_for_task</c>, <c>delete_for_model</c>: everything that was reported, for good.</summary>
internal static class DeleteEvents
{
    public static async Task<Result<JsonObject>> OfTaskAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var allowsLocked = call.Fields.Flag("allow_locked") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        if (!allowsLocked && run.Status is (RunStatus.Published or RunStatus.Publishing))
        {
            return Errors.TaskIsPublished(id);
        }

        var refused = await DeleteAsync(call, id, ct) ?? (await call.Rooms.Logs.DeleteAsync(call.Caller, id, ct)).Error;
        return refused is null ? new JsonObject { ["deleted"] = true } : refused;
    }

    public static async Task<Result<JsonObject>> OfModelAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Model("model");
        var allowsLocked = call.Fields.Flag("allow_locked") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Models.GetAsync(call.Caller, id, ct);
        if (!found.TryGet(out var model, out var error))
        {
            return error;
        }

        if (!allowsLocked && model.IsPublished)
        {
            return Errors.ModelIsReady(id);
        }

        return await DeleteAsync(call, id, ct) is { } refused ? refused : new JsonObject { ["deleted"] = true };
    }

    private static async Task<Error?> DeleteAsync(ApiCall call, SeriesOwner owner, CancellationToken ct) =>
        (await call.Rooms.Series.DeleteAsync(call.Caller, owner, ct)).Error
        ?? (await call.Rooms.Plots.DeleteAsync(call.Caller, owner, ct)).Error;
}
