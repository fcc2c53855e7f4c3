using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Queues;

/// <summary><c>queues.get_by_id</c> and <c>queues.get_default</c>: one queue.</summary>
internal static class GetQueue
{
    public static async Task<Result<JsonObject>> ByIdAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Queue();
        var most = call.Fields.Whole("max_task_entries");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Queues.GetAsync(call.Caller, id, ListQueues.MostEntries(most), ct);
        return found.Select(queue => new JsonObject { ["queue"] = QueueReply.Of(queue, call.Requested) });
    }

    public static async Task<Result<JsonObject>> DefaultAsync(ApiCall call, CancellationToken ct)
    {
        var found = await call.Rooms.Queues.GetDefaultAsync(call.Caller, ct);
        return found.Select(queue => new JsonObject { ["id"] = queue.Id.ToString(), ["name"] = queue.Name });
    }
}
