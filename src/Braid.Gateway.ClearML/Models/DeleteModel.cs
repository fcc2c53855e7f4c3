using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Files;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.delete</c>: not while tasks read it, nor while the published task that made it is there, unless forced.</summary>
internal static class DeleteModel
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Model("model");
        var isForced = call.Fields.Flag("force") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Models.GetAsync(call.Caller, id, ct);
        if (!found.TryGet(out var model, out var error))
        {
            return error;
        }

        if (!isForced && await WhyNotAsync(call, model, ct) is { } refusal)
        {
            return refusal;
        }

        var deleted = await call.Rooms.Models.DeleteAsync(call.Caller, id, FileUrls.Fate(call.Fields), ct);
        return deleted.Select(_ => new JsonObject { ["deleted"] = true, ["url"] = model.Uri });
    }

    private static async Task<Error?> WhyNotAsync(ApiCall call, Model model, CancellationToken ct)
    {
        var readers = await call.Rooms.Models.RunsOfAsync(call.Caller, model.Id, RunModelKind.Input, ct);
        if (!readers.TryGet(out var tasks, out var error))
        {
            return error;
        }

        if (tasks.Count > 0)
        {
            return Errors.ModelInUse(model.Id, tasks.Count);
        }

        var maker = model.RunId is { } run
            ? await call.Rooms.Runs.GetAsync(call.Caller, run, RunParts.None, ct)
            : default;
        return model.RunId is not null && maker is { IsOk: true, Value.Status: RunStatus.Published }
            ? Errors.ModelMakerPublished(model.Id)
            : null;
    }
}
