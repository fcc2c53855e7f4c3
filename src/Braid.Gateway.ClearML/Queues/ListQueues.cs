using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Workers;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Queues;

namespace Braid.Gateway.ClearML.Queues;

/// <summary>
/// <c>queues.get_all</c>, which agents ask every five seconds, and <c>queues.get_all_ex</c>, which also names what queues refer to, as the
/// tasks that wait, and the workers that listen.
/// </summary>
internal static class ListQueues
{
    /// <summary>The label of queues that an agent for Kubernetes keeps for itself.</summary>
    private const string glue = "k8s-glue";

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var listing = Listing.Read(call.Fields, QueueWords.Vocabulary);
        var page = await FindAsync(call, listing, ct);
        return page.Select(found =>
            listing.Reply("queues", [.. found.Items.Select(queue => QueueReply.Of(queue, call.Requested))])
        );
    }

    public static async Task<Result<JsonObject>> WithNamesAsync(ApiCall call, CancellationToken ct)
    {
        var listing = Listing.Read(call.Fields, QueueWords.Vocabulary);
        var page = await FindAsync(call, listing, ct);
        if (!page.TryGet(out var found, out var error))
        {
            return error;
        }

        var listening = await call.Rooms.Workers.ListAsync(call.Caller, TimeSpan.FromHours(1), ct);
        if (!listening.TryGet(out var workers, out var refused))
        {
            return refused;
        }

        IReadOnlyList<JsonObject> queues =
        [
            .. found.Items.Select(queue =>
            {
                var reply = QueueReply.Of(queue, call.Requested);
                reply["workers"] = WorkerReply.Listening(workers, queue.Id);
                return reply;
            }),
        ];
        return await listing.ReplyExpandedAsync(call, Entity.Queue, "queues", queues, ct);
    }

    /// <summary>How many entries of a queue to read: all, unless fewer were asked for.</summary>
    public static int? MostEntries(long? asked) => asked is { } most ? (int)Math.Clamp(most, 0, int.MaxValue) : null;

    private static async Task<Result<Page<Queue>>> FindAsync(ApiCall call, Listing listing, CancellationToken ct)
    {
        var fields = call.Fields;
        var most = MostEntries(fields.Whole("max_task_entries"));
        var query = new QueueQuery
        {
            Where = Condition.Read(fields, QueueWords.Vocabulary) & WithoutGlue(fields),
            Ids = fields.Ids("id", id => new QueueId(id)),
            OrderBy = listing.OrderBy,
            Offset = listing.Offset,
            Limit = listing.Limit,
            MostEntries = listing.Projection.Needs("entries") ? most : 0,
        };
        return fields.Problem is { } problem ? problem : await call.Rooms.Queues.ListAsync(call.Caller, query, ct);
    }

    private static Filter WithoutGlue(Fields fields) =>
        fields.Flag("search_hidden") == true || fields.Has("id") || fields.Has("name")
            ? Filter.Everything
            : !new Filter.HasLabel(glue, System: true);
}
