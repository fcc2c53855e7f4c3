using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.delete_models</c>: a task's links to models, by name and type.</summary>
internal static class UnlinkModels
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var items = call.Fields.Objects("models").Select(item => new Fields(item)).ToList();
        var links = items.ConvertAll(item => (item.RequiredText("name"), TaskModels.ReadKind(item, "type")));
        if ((call.Fields.Problem ?? items.Find(item => item.Problem is not null)?.Problem) is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Runs.UpdateAsync(call.Caller, id, new() { RemoveModels = links }, ct);
        return changed.Select(_ => new JsonObject { ["updated"] = 1 });
    }
}
