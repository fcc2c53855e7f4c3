using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.get_by_id</c></summary>
internal static class GetModel
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Model("model");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Models.GetAsync(call.Caller, id, ct);
        return await ShowModels.OneAsync(call, found, ct);
    }
}
