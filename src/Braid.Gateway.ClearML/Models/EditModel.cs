using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.edit</c>; an iteration counts for the task that made the model too.</summary>
internal static class EditModel
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Model("model");
        var change = ModelBody.Read(fields);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var edited = await call.Rooms.Models.UpdateAsync(call.Caller, id, change, ct);
        if (edited is { IsOk: true, Value.RunId: { } run } && change.LastIteration is { } iteration)
        {
            var raised = await call.Rooms.Runs.UpdateAsync(call.Caller, run, new() { LastIteration = iteration }, ct);
            edited = raised.IsOk ? edited : raised.Error;
        }

        return edited.Select(_ => Documents.Updated(fields.Json, ModelBody.Changeable));
    }
}
