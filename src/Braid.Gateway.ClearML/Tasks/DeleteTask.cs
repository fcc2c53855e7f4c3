using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.delete</c>: drafts and archived tasks; with force, any. Its draft models go along.</summary>
internal static class DeleteTask
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var isForced = fields.Flag("force") == true;
        var deletesModels = fields.Flag("delete_output_models") ?? true;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (!isForced && await WhyNotAsync(call, id, ct) is { } refusal)
        {
            return refusal;
        }

        var children = await call.Rooms.Runs.CountAsync(call.Caller, ChildrenOf(id), ct);
        var models = deletesModels ? await OutputModels.DeleteDraftsAsync(call, id, ct) : 0;
        var gone = await call.Rooms.Runs.DeleteAsync(call.Caller, id, ct);
        return gone.Select(_ => Reply(children.IsOk ? children.Value : 0, models.IsOk ? models.Value : 0));
    }

    private static async Task<Error?> WhyNotAsync(ApiCall call, RunId id, CancellationToken ct)
    {
        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        if (run.Status != RunStatus.Created && !run.SystemLabels.Contains(SystemTags.Archived))
        {
            return Errors.CannotDelete("it is neither a draft nor archived");
        }

        var published = await OutputModels.AnyPublishedAsync(call, id, ct);
        return published is { IsOk: true, Value: true }
            ? Errors.CannotDelete("it made published models")
            : published.Error;
    }

    private static RunQuery ChildrenOf(RunId id) =>
        new() { Where = new Filter.Compare(RunFields.Parent, Comparison.Equal, id.ToString()) };

    private static JsonObject Reply(long children, int models) =>
        new()
        {
            ["deleted"] = true,
            ["updated_children"] = children,
            ["updated_models"] = 0,
            ["deleted_models"] = models,
            ["events"] = new JsonObject(),
            ["urls"] = null,
        };
}
