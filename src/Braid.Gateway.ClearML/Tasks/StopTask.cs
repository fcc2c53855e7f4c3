using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>
/// <c>tasks.stop</c>: somebody else wants the task to end. A task whose program is known to listen (a worker runs it and
/// reports) is told by the message "stopping", and ends itself; any other is stopped here.
/// </summary>
internal static class StopTask
{
    private const string stopping = "stopping";

    private static readonly TimeSpan longestSilence = TimeSpan.FromMinutes(10);

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Task();
        var change = ChangeStatus.Read(call.Fields, RunStatus.Stopped);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var runs = call.Rooms.Runs;
        var found = await runs.GetAsync(call.Caller, id, RunParts.None, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        var stopped = IsListening(run, call.Rooms.Clock.GetUtcNow())
            ? await runs.UpdateAsync(call.Caller, id, new RunChange { StatusMessage = stopping }, ct)
            : await runs.SetStatusAsync(call.Caller, id, Explained(change, call), ct);
        return stopped.Select(ChangeStatus.Reply);
    }

    private static bool IsListening(Run run, DateTimeOffset now) =>
        run.Status == RunStatus.InProgress
        && run.LastWorker.Length > 0
        && !run.SystemLabels.Contains(SystemTags.Development)
        && now - run.LastUpdate <= longestSilence;

    private static StatusChange Explained(StatusChange change, ApiCall call) =>
        change.Message.Length > 0 ? change : change with { Message = $"Stopped by {call.Caller.Name}" };
}
