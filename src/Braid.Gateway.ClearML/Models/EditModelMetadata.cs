using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.add_or_update_metadata</c> and <c>models.delete_metadata</c></summary>
internal static class EditModelMetadata
{
    public static Task<Result<JsonObject>> SetAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var change = new ModelChange
        {
            SetMetadata = ModelBody.ReadMetadata(fields, fields.Objects("metadata")),
            ReplaceMetadata = fields.Flag("replace_metadata") == true,
        };
        return ChangeAsync(call, change, ct);
    }

    public static Task<Result<JsonObject>> DeleteAsync(ApiCall call, CancellationToken ct) =>
        ChangeAsync(call, new() { RemoveMetadata = call.Fields.Names("keys") }, ct);

    private static async Task<Result<JsonObject>> ChangeAsync(ApiCall call, ModelChange change, CancellationToken ct)
    {
        var id = call.Fields.Model("model");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Models.UpdateAsync(call.Caller, id, change, ct);
        return changed.Select(_ => new JsonObject { ["updated"] = 1 });
    }
}
