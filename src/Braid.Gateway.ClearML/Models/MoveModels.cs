using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.move</c> and <c>models.update_tags</c>: the same change of each model that is listed.</summary>
internal static class MoveModels
{
    public static Task<Result<JsonObject>> MoveAsync(ApiCall call, CancellationToken ct) =>
        AllAlike.MoveAsync(
            call,
            async (model, project) =>
                ModelId.TryParse(model, out var id)
                    ? (
                        await call.Rooms.Models.UpdateAsync(call.Caller, id, new ModelChange { Project = project }, ct)
                    ).Error
                    : Errors.NoSuchModel(model),
            ct
        );

    public static Task<Result<JsonObject>> LabelAsync(ApiCall call, CancellationToken ct) =>
        AllAlike.LabelAsync(
            call,
            async (model, relabel) =>
                ModelId.TryParse(model, out var id)
                    ? (
                        await call.Rooms.Models.ChangeAsync(
                            call.Caller,
                            id,
                            found => new ModelChange { Labels = relabel(found.Labels) },
                            ct
                        )
                    ).Error
                    : Errors.NoSuchModel(model)
        );
}
