using Braid.Access.Callers;
using Braid.Gateway.Web.Runs.Listing;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Filters;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Runs.Changes;

/// <summary>What people do with a run, by its word.</summary>
internal static class RunActions
{
    public static async Task<Result<Unit>> DoAsync(
        WebRooms rooms,
        Caller caller,
        RunId run,
        RunActionBody body,
        CancellationToken ct
    ) =>
        body.Action switch
        {
            "stop" => await StopAsync(rooms, caller, run, ct),
            "enqueue" => await EnqueueAsync(rooms, caller, run, body.Queue ?? "", ct),
            "archive" => await rooms.Runs.TrashAsync(caller, run, ct),
            "restore" => await RestoreAsync(rooms, caller, run, ct),
            "delete" => await rooms.Runs.DeleteAsync(caller, run, body.Files ? StoredFiles.Go : StoredFiles.Stay, ct),
            _ => new Error(
                ErrorKind.InvalidArgument,
                "web.unknown-action",
                $"runs are stopped, enqueued, archived, restored or deleted; '{body.Action}' is none of it"
            ),
        };

    /// <summary>Into a queue that is there: a name that is mistyped must not become a queue that nobody serves.</summary>
    public static async Task<Result<Unit>> EnqueueAsync(
        WebRooms rooms,
        Caller caller,
        RunId run,
        string queue,
        CancellationToken ct
    )
    {
        var named = new Filter.Compare(QueueFields.Name, Comparison.Equal, queue);
        var found = await rooms.Queues.ListAsync(
            caller,
            new()
            {
                Where = named,
                Limit = 1,
                MostEntries = 0,
            },
            ct
        );
        if (!found.IsOk)
        {
            return found.Error;
        }

        if (found.Value.Items is not [var known])
        {
            return new Error(ErrorKind.NotFound, "web.no-such-queue", $"there is no queue '{queue}'");
        }

        var change = new StatusChange(RunStatus.Queued) { Reason = $"put into {queue} by {caller.Name}" };
        var queued = await rooms.Waiting.EnqueueAsync(caller, run, new QueueChoice.ById(known.Id), change, ct);
        return queued.Select(_ => Unit.Value);
    }

    private static async Task<Result<Unit>> StopAsync(WebRooms rooms, Caller caller, RunId run, CancellationToken ct)
    {
        var change = new StatusChange(RunStatus.Stopped) { Reason = $"stopped by {caller.Name}" };
        return (await rooms.Runs.SetStatusAsync(caller, run, change, ct)).Select(_ => Unit.Value);
    }

    /// <summary>From the trash, and from where ClearML's clients put away.</summary>
    private static async Task<Result<Unit>> RestoreAsync(WebRooms rooms, Caller caller, RunId run, CancellationToken ct)
    {
        var restored = await rooms.Runs.RestoreAsync(caller, run, ct);
        if (!restored.IsOk)
        {
            return restored;
        }

        var changed = await rooms.Runs.ChangeAsync(
            caller,
            run,
            now => new RunChange
            {
                SystemLabels = [.. now.SystemLabels.Where(label => label != RunTable.ArchivedLabel)],
            },
            ct
        );
        return changed.Select(_ => Unit.Value);
    }
}
