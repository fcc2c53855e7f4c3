using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary><c>models.archive_many</c>, <c>unarchive_many</c>: each by itself; one that fails does not stop the others.</summary>
internal static class ArchiveModels
{
    public static Task<Result<JsonObject>> ArchiveAsync(ApiCall call, CancellationToken ct) =>
        ForEachAsync(call, model => [.. model.SystemLabels.Append(SystemTags.Archived).Distinct()], true, ct);

    public static Task<Result<JsonObject>> UnarchiveAsync(ApiCall call, CancellationToken ct) =>
        ForEachAsync(call, model => [.. model.SystemLabels.Where(label => label != SystemTags.Archived)], false, ct);

    private static async Task<Result<JsonObject>> ForEachAsync(
        ApiCall call,
        Func<Model, IReadOnlyList<string>> labels,
        bool isArchived,
        CancellationToken ct
    )
    {
        var reply = new BatchReply();
        foreach (var text in call.Fields.Names("ids"))
        {
            var changed = ModelId.TryParse(text, out var id)
                ? await call.Rooms.Models.ChangeAsync(
                    call.Caller,
                    id,
                    model => new ModelChange { SystemLabels = labels(model) },
                    ct
                )
                : Errors.NoSuchModel(text);
            reply.Add(text, changed.Select(_ => new JsonObject { ["archived"] = isArchived }));
        }

        return call.Fields.Problem is { } problem ? problem : reply.ToData();
    }
}
