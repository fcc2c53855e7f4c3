using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.add_or_update_metadata</c></summary>
internal static class EditModelMetadata
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Model("model");
        var change = new ModelChange
        {
            SetMetadata = ModelBody.ReadMetadata(fields, fields.Objects("metadata")),
            ReplaceMetadata = fields.Flag("replace_metadata") == true,
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Models.UpdateAsync(call.Caller, id, change, ct);
        return changed.Select(_ => new JsonObject { ["updated"] = 1 });
    }
}
