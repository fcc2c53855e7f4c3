using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Gateway.ClearML.Tasks;
using Braid.Gateway.ClearML.Workers;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Workloads.Queued;

namespace Braid.Gateway.ClearML.Queues;

/// <summary>What waits in a queue: <c>queues.get_next_task</c>, <c>add_task</c>, <c>move_task_...</c> and the like.</summary>
internal static class QueueLine
{
    /// <summary>
    /// Hands out the task that is next, once; an empty object when none waits, and where tasks are placed when none has its place
    /// at this worker.
    /// </summary>
    public static async Task<Result<JsonObject>> NextAsync(ApiCall call, CancellationToken ct)
    {
        var queue = call.Fields.Queue();
        var only = call.Fields.OptionalTask("task");
        var tellsOwner = call.Fields.Flag("get_task_info") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var asking = new AskingWorker(ReadWorker.Address(call), call.Worker);
        var taken = await call.Rooms.QueueDesk.TakeAsync(call.Caller, queue, only, asking, ct);
        return taken.Select(run =>
        {
            var data = new JsonObject();
            if (run is not null)
            {
                data["entry"] = QueueReply.Entry(run.Entry);
                data["task_info"] = tellsOwner
                    ? new JsonObject { ["company"] = Contract.Company, ["user"] = run.User }
                    : null;
            }

            return data.WithoutNulls();
        });
    }

    public static async Task<Result<JsonObject>> PeekAsync(ApiCall call, CancellationToken ct)
    {
        var queue = call.Fields.Queue();
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Waiting.PeekAsync(call.Caller, queue, ct)).Select(entry => new JsonObject
            {
                ["task"] = entry?.Run.ToString(),
            });
    }

    public static async Task<Result<JsonObject>> CountAsync(ApiCall call, CancellationToken ct)
    {
        var queue = call.Fields.Queue();
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Waiting.CountAsync(call.Caller, queue, ct)).Select(count => new JsonObject
            {
                ["num"] = count,
            });
    }

    public static async Task<Result<JsonObject>> AddAsync(ApiCall call, CancellationToken ct)
    {
        var (queue, task) = (call.Fields.Queue(), call.Fields.Task());
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Waiting.AddAsync(call.Caller, queue, task, ct)).Select(_ => new JsonObject
            {
                ["added"] = 1,
            });
    }

    public static async Task<Result<JsonObject>> RemoveAsync(ApiCall call, CancellationToken ct)
    {
        var (queue, task) = (call.Fields.Queue(), call.Fields.Task());
        var restores = call.Fields.Flag("update_task_status") == true;
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Waiting.RemoveAsync(call.Caller, queue, task, restores, ct)).Select(_ => new JsonObject
            {
                ["removed"] = 1,
            });
    }

    public static async Task<Result<JsonObject>> ClearAsync(ApiCall call, CancellationToken ct)
    {
        var queue = call.Fields.Queue();
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Waiting.ClearAsync(call.Caller, queue, ct)).Select(tasks => new JsonObject
            {
                ["removed_tasks"] = new JsonArray([.. tasks.Select(task => (JsonNode)task.ToString())]),
            });
    }

    /// <summary>Answers calls that move a task within its queue.</summary>
    public static EndpointHandler Move(QueueMove move) =>
        async (call, ct) =>
        {
            var (queue, task) = (call.Fields.Queue(), call.Fields.Task());
            var count = call.Fields.Whole("count") ?? 1;
            return call.Fields.Problem is { } problem
                ? problem
                : (await call.Rooms.Waiting.MoveAsync(call.Caller, queue, task, move, count, ct)).Select(
                    position => new JsonObject { ["position"] = position }
                );
        };
}
