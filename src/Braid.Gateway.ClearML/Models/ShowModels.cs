using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Models;

/// <summary>Models with their last metrics, which are read by one question for all of them, where they are shown.</summary>
internal static class ShowModels
{
    /// <summary>One model as the reply <c>{model}</c>.</summary>
    public static async Task<Result<JsonObject>> OneAsync(ApiCall call, Result<Model> found, CancellationToken ct)
    {
        if (!found.TryGet(out var model, out var error))
        {
            return error;
        }

        var shown = await AllAsync(call, [model], Projection.Everything, ct);
        return shown.Select(all => new JsonObject { ["model"] = all[0] });
    }

    /// <param name="wanted">What is shown of them afterwards.</param>
    public static async Task<Result<IReadOnlyList<JsonObject>>> AllAsync(
        ApiCall call,
        IReadOnlyList<Model> models,
        Projection wanted,
        CancellationToken ct
    )
    {
        IReadOnlyList<JsonObject> documents = [.. models.Select(model => ModelReply.Of(model, call.Requested))];
        if (!wanted.Needs(LastMetrics.Field) || models.Count == 0)
        {
            return Result.Ok(documents);
        }

        var owners = models.Select(model => SeriesOwner.Of(model.Id)).ToList();
        var found = await call.Rooms.Series.ListAsync(call.Caller, owners, ct);
        return found.Select(series =>
        {
            var byModel = series.ToLookup(one => one.Owner);
            foreach (var (model, document) in models.Zip(documents))
            {
                document[LastMetrics.Field] = LastMetrics.Of([.. byModel[model.Id.Value]], wanted);
            }

            return documents;
        });
    }
}
