using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.archive</c>, <c>archive_many</c>, <c>unarchive_many</c>: put away by a label. What is put away waits no more.</summary>
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

    public static async Task<Result<JsonObject>> ArchiveAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var change = ChangeStatus.Read(call.Fields, RunStatus.Created);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct);
        if (found is { IsOk: true, Value.Status: RunStatus.Queued })
        {
            await call.Rooms.Waiting.DequeueAsync(call.Caller, id, to: null, change.Reason, change.Message, ct);
        }

        var labelled = await LabelAsync(
            call,
            id,
            labels => [.. labels.Append(SystemTags.Archived).Distinct()],
            change,
            ct
        );
        return labelled.Select(_ => new JsonObject { ["archived"] = true });
    }

    public static async Task<Result<JsonObject>> UnarchiveAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var change = ChangeStatus.Read(call.Fields, RunStatus.Created);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var labelled = await LabelAsync(
            call,
            id,
            labels => [.. labels.Where(label => label != SystemTags.Archived)],
            change,
            ct
        );
        return labelled.Select(_ => new JsonObject { ["unarchived"] = true });
    }

    private static Task<Result<Run>> LabelAsync(
        ApiCall call,
        RunId id,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> labels,
        StatusChange said,
        CancellationToken ct
    ) =>
        call.Rooms.Runs.ChangeAsync(
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
}
