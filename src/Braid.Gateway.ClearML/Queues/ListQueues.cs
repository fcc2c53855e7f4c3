using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Workers;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Queues;

/// <summary>
/// <c>queues.get_all</c>, which agents ask every five seconds, and <c>queues.get_all_ex</c>, which names the tasks that wait and
/// the workers that listen, too.
/// </summary>
internal static class ListQueues
{
    /// <summary>The label of queues that an agent for Kubernetes keeps for itself.</summary>
    private const string glue = "k8s-glue";

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var listing = Listing.Read(call.Fields, QueueWords.Vocabulary);
        var page = await FindAsync(call, listing, ct);
        return page.Select(found => listing.Reply("queues", [.. found.Items.Select(QueueReply.Of)]));
    }

    public static async Task<Result<JsonObject>> WithNamesAsync(ApiCall call, CancellationToken ct)
    {
        var listing = Listing.Read(call.Fields, QueueWords.Vocabulary);
        var page = await FindAsync(call, listing, ct);
        if (!page.TryGet(out var found, out var error))
        {
            return error;
        }

        var ids = found.Items.SelectMany(queue => queue.Entries).Select(entry => entry.Run).Distinct().ToList();
        var runs = await call.Rooms.Runs.GetManyAsync(call.Caller, ids, RunParts.None, ct);
        var workers = await call.Rooms.Workers.ListAsync(call.Caller, TimeSpan.FromHours(1), ct);
        if ((runs.Error ?? workers.Error) is { } refused)
        {
            return refused;
        }

        var names = runs.Value.ToDictionary(run => run.Id, run => run.Name);
        return listing.Reply(
            "queues",
            [
                .. found.Items.Select(queue =>
                {
                    var reply = QueueReply.Of(queue);
                    reply["entries"] = new JsonArray([.. queue.Entries.Select(entry => Named(entry, names))]);
                    reply["workers"] = WorkerReply.Listening(workers.Value, queue.Id);
                    return reply;
                }),
            ]
        );
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
            Ids = fields.Has("id")
                ? [.. fields.Names("id").Where(id => QueueId.TryParse(id, out _)).Select(QueueId.Parse)]
                : null,
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

    private static JsonObject Named(QueueEntry entry, Dictionary<RunId, string> names)
    {
        var reply = QueueReply.Entry(entry);
        reply["task"] = new JsonObject { ["id"] = entry.Run.ToString(), ["name"] = names.GetValueOrDefault(entry.Run) };
        return reply;
    }
}
