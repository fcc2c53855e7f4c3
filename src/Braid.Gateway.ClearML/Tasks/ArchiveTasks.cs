using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Pipelines;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>
/// <c>tasks.archive</c>, <c>archive_many</c>, <c>unarchive_many</c>: put away by a label, with the steps of a pipeline where that is
/// asked for. What is put away waits no more.
/// </summary>
internal static class ArchiveTasks
{
    /// <summary>The tasks that are listed, all or none known.</summary>
    public static async Task<Result<JsonObject>> ArchiveListedAsync(ApiCall call, CancellationToken ct)
    {
        var count = 0;
        foreach (var task in call.Fields.Names("tasks"))
        {
            var archived = await ArchiveAsync(call.With("task", task), ct);
            if (!archived.IsOk)
            {
                return archived.Error;
            }

            count++;
        }

        return call.Fields.Problem is { } problem ? problem : new JsonObject { ["archived"] = count };
    }

    public static Task<Result<JsonObject>> ArchiveAsync(ApiCall call, CancellationToken ct) =>
        WithStepsAsync(call, "archived", PutAwayAsync, ct);

    public static Task<Result<JsonObject>> UnarchiveAsync(ApiCall call, CancellationToken ct) =>
        WithStepsAsync(call, "unarchived", TakeBackAsync, ct);

    private static async Task<Result<JsonObject>> WithStepsAsync(
        ApiCall call,
        string done,
        Func<ApiCall, RunId, StatusChange, CancellationToken, Task<Error?>> change,
        CancellationToken ct
    )
    {
        var id = call.Fields.Task();
        var said = ChangeStatus.Read(call.Fields, RunStatus.Created);
        var withSteps = call.Fields.Flag("include_pipeline_steps") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var steps = withSteps ? await PipelineSteps.OfAsync(call, id, ct) : Array.Empty<Run>();
        if (!steps.TryGet(out var found, out var error))
        {
            return error;
        }

        foreach (var task in found.Select(step => step.Id).Prepend(id))
        {
            if (await change(call, task, said, ct) is { } refused)
            {
                return refused;
            }
        }

        return new JsonObject { [done] = true };
    }

    private static async Task<Error?> PutAwayAsync(ApiCall call, RunId id, StatusChange said, CancellationToken ct)
    {
        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct);
        if (found is { IsOk: true, Value.Status: RunStatus.Queued })
        {
            await call.Rooms.Waiting.DequeueAsync(call.Caller, id, to: null, said.Reason, said.Message, ct);
        }

        return await LabelAsync(call, id, labels => [.. labels.Append(SystemTags.Archived).Distinct()], said, ct);
    }

    private static Task<Error?> TakeBackAsync(ApiCall call, RunId id, StatusChange said, CancellationToken ct) =>
        LabelAsync(call, id, labels => [.. labels.Where(label => label != SystemTags.Archived)], said, ct);

    private static async Task<Error?> LabelAsync(
        ApiCall call,
        RunId id,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> labels,
        StatusChange said,
        CancellationToken ct
    )
    {
        var changed = await call.Rooms.Runs.ChangeAsync(
            call.Caller,
            id,
            run => new RunChange
            {
                SystemLabels = labels(run.SystemLabels),
                StatusReason = said.Reason,
                StatusMessage = said.Message,
            },
            ct
        );
        return changed.Error;
    }
}
