using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queues;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.enqueue</c> and <c>tasks.dequeue</c>: a task waits for a worker, or does not any more.</summary>
internal static class EnqueueTask
{
    public static async Task<Result<JsonObject>> EnqueueAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var choice = Choose(fields);
        var change = ChangeStatus.Read(fields, RunStatus.Queued);
        var asksForWorkers = fields.Flag("verify_watched_queue") == true;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var queued = await call.Rooms.Waiting.EnqueueAsync(call.Caller, id, choice, change, ct);
        if (!queued.TryGet(out var run, out var error))
        {
            return error;
        }

        if (run.SystemLabels.Contains(SystemTags.Development))
        {
            IReadOnlyList<string> rest = [.. run.SystemLabels.Where(label => label != SystemTags.Development)];
            await call.Rooms.Runs.UpdateAsync(call.Caller, id, new RunChange { SystemLabels = rest }, ct);
        }

        var data = ChangeStatus.Reply(run);
        data["queued"] = 1;
        data["fields"]!["execution.queue"] = run.QueueId?.ToString();
        if (asksForWorkers)
        {
            data["queue_watched"] = await IsWatchedAsync(call, run.QueueId, ct);
        }

        return data;
    }

    /// <summary>Each by itself; whether workers listen to the queue is told once.</summary>
    public static async Task<Result<JsonObject>> EnqueueManyAsync(ApiCall call, CancellationToken ct)
    {
        var queued = await OneByOne.Each("task", EnqueueAsync)(call, ct);
        return queued.Select(data =>
        {
            const string watched = "queue_watched";
            if (data["succeeded"]!.AsArray().Select(task => task![watched]).FirstOrDefault() is { } isWatched)
            {
                data[watched] = isWatched.DeepClone();
            }

            return data;
        });
    }

    public static async Task<Result<JsonObject>> DequeueAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var to = fields.Text("new_status") is { Length: > 0 } text ? Status(fields, text) : (RunStatus?)null;
        var change = ChangeStatus.Read(fields, to ?? RunStatus.Created);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var gone = await call.Rooms.Waiting.DequeueAsync(call.Caller, id, to, change.Reason, change.Message, ct);
        return gone.Select(left =>
        {
            var data = left.Changed is { } run ? ChangeStatus.Reply(run) : new JsonObject { ["updated"] = 0 };
            data["dequeued"] = 1;
            return data;
        });
    }

    private static QueueChoice Choose(Fields fields)
    {
        var (queue, name) = (fields.OptionalQueue(), fields.Text("queue_name"));
        if (queue is not null && !string.IsNullOrEmpty(name))
        {
            fields.Refuse(Errors.InvalidField("queue_name", "either queue or queue_name, not both"));
        }

        return queue is { } id ? new QueueChoice.ById(id)
            : string.IsNullOrEmpty(name) ? new QueueChoice.Default()
            : new QueueChoice.ByName(name);
    }

    private static RunStatus Status(Fields fields, string text)
    {
        if (StatusText.TryParse(text, out var status))
        {
            return status;
        }

        fields.Refuse(Errors.InvalidField("new_status", "a status of tasks"));
        return default;
    }

    private static async Task<bool> IsWatchedAsync(ApiCall call, QueueId? queue, CancellationToken ct)
    {
        var workers = await call.Rooms.Workers.ListAsync(call.Caller, TimeSpan.FromHours(1), ct);
        return workers.IsOk && queue is { } id && workers.Value.Any(worker => worker.Queues.Contains(id));
    }
}
