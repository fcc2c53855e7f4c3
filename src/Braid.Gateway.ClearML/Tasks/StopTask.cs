using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Pipelines;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>
/// <c>tasks.stop</c>: somebody else wants the task to end. A task whose program is known to listen (a worker runs it and
/// reports) is told by the message "stopping", and ends itself; any other is stopped here. One that gives up its place to others ends, too.
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

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        var stopped = await StopAsync(call, run, change, ct);
        var withSteps = stopped.IsOk && call.Fields.Flag("include_pipeline_steps") == true;
        return withSteps && await StopStepsAsync(call, id, change, ct) is { } refused
            ? refused
            : stopped.Select(ChangeStatus.Reply);
    }

    private static async Task<Result<Run>> StopAsync(ApiCall call, Run run, StatusChange change, CancellationToken ct)
    {
        // Before it is said to be stopped: what its worker says when it gives up its place is the same, and takes it back to its queue.
        if (await call.Rooms.QueueDesk.AbortAsync(call.Caller, run.Id, ct))
        {
            return await call.Rooms.Runs.GetAsync(call.Caller, run.Id, RunParts.None, ct);
        }

        var stopped = IsListening(run, call.Rooms.Clock.GetUtcNow())
            ? await call.Rooms.Runs.UpdateAsync(call.Caller, run.Id, new RunChange { StatusMessage = stopping }, ct)
            : await call.Rooms.Runs.SetStatusAsync(call.Caller, run.Id, Explained(change, call), ct);
        if (stopped.IsOk)
        {
            // It may have been asked for its place meanwhile.
            await call.Rooms.QueueDesk.AbortAsync(call.Caller, run.Id, ct);
        }

        return stopped;
    }

    /// <summary>Those that wait or run.</summary>
    private static async Task<Error?> StopStepsAsync(
        ApiCall call,
        RunId pipeline,
        StatusChange change,
        CancellationToken ct
    )
    {
        var steps = await PipelineSteps.OfAsync(call, pipeline, ct);
        foreach (var step in steps.IsOk ? steps.Value : [])
        {
            var isActive = step.Status is RunStatus.Queued or RunStatus.InProgress;
            if (isActive && (await StopAsync(call, step, change, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        return steps.Error;
    }

    private static bool IsListening(Run run, DateTimeOffset now) =>
        run.Status == RunStatus.InProgress
        && run.LastWorker.Length > 0
        && !run.SystemLabels.Contains(SystemTags.Development)
        && now - run.LastUpdate <= longestSilence;

    private static StatusChange Explained(StatusChange change, ApiCall call) =>
        change.Message.Length > 0 ? change : change with { Message = $"Stopped by {call.Caller.Name}" };
}
