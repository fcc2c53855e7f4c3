using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Files;
using Braid.Gateway.ClearML.Pipelines;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.delete</c>: drafts and archived tasks; with force, any. Its draft models and its files go along.</summary>
internal static class DeleteTask
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var isForced = fields.Flag("force") == true;
        var deletesModels = fields.Flag("delete_output_models") ?? true;
        var (files, urls) = (FileUrls.Fate(fields), FileUrls.Asked(fields));
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (!isForced && await WhyNotAsync(call, id, ct) is { } refusal)
        {
            return refusal;
        }

        if (fields.Flag("include_pipeline_steps") == true && await DeleteStepsAsync(call, id, ct) is { } kept)
        {
            return kept;
        }

        if (urls is not null && await urls.AddTaskAsync(call, id, ct) is { } unread)
        {
            return unread;
        }

        var children = await call.Rooms.Runs.CountAsync(call.Caller, ChildrenOf(id), ct);
        var drafts = deletesModels ? await OutputModels.DeleteDraftsAsync(call, id, files, ct) : OutputModels.None;
        if (!drafts.TryGet(out var models, out var refused))
        {
            return refused;
        }

        urls?.AddModels(models);
        var gone = await call.Rooms.Runs.DeleteAsync(call.Caller, id, files, ct);
        return gone.Select(_ => Reply(children.IsOk ? children.Value : 0, models.Count, urls));
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

    private static async Task<Error?> DeleteStepsAsync(ApiCall call, RunId pipeline, CancellationToken ct)
    {
        var steps = await PipelineSteps.OfAsync(call, pipeline, ct);
        foreach (var step in steps.IsOk ? steps.Value : [])
        {
            if ((await HandleAsync(call.With("task", step.Id.ToString()), ct)).Error is { } refused)
            {
                return refused;
            }
        }

        return steps.Error;
    }

    private static RunQuery ChildrenOf(RunId id) =>
        new() { Where = new Filter.Compare(RunFields.Parent, Comparison.Equal, id.ToString()) };

    private static JsonObject Reply(long children, int models, FileUrls? urls) =>
        new()
        {
            ["deleted"] = true,
            ["updated_children"] = children,
            ["updated_models"] = 0,
            ["deleted_models"] = models,
            ["events"] = new JsonObject(),
            ["urls"] = urls?.ToJson(),
        };
}
