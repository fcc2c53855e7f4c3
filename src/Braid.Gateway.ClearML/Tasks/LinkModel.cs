using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.add_or_update_model</c>: a model that a task reads or made, in place of the one of that name.</summary>
internal static class LinkModel
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var model = fields.Model("model");
        var iteration = fields.Whole("iteration");
        var link = new RunModel(TaskModels.ReadKind(fields, "type"), fields.RequiredText("name"), model)
        {
            Step = iteration ?? 0,
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var change = new Tracking.Runs.RunChange { SetModels = [link], LastIteration = iteration };
        var changed = await call.Rooms.Runs.UpdateAsync(call.Caller, id, change, ct);
        return changed.Select(_ => new JsonObject { ["updated"] = 1 });
    }
}
