using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Workers;

namespace Braid.Gateway.ClearML.Workers;

/// <summary><c>workers.get_all</c> and <c>get_count</c>: who is there, with what it runs and where its work comes from.</summary>
internal static class ListWorkers
{
    private const long usualSeconds = 3600;

    private static readonly TimeSpan longestMatch = TimeSpan.FromSeconds(1);

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var found = await FindAsync(call, usualSeconds, ct);
        if (!found.TryGet(out var workers, out var error))
        {
            return error;
        }

        var runs = await RunsAsync(call, workers, ct);
        var queues = await QueuesAsync(call, workers, ct);
        if ((runs.Error ?? queues.Error) is { } refused)
        {
            return refused;
        }

        IReadOnlyList<JsonObject> described = [.. workers.Select(one => Describe(one, runs.Value, queues.Value))];
        var named = await References.ExpandAsync(call, Entity.Worker, described, Projection.Everything, ct);
        return named.Select(all => new JsonObject { ["workers"] = new JsonArray([.. all]) });
    }

    public static async Task<Result<JsonObject>> CountAsync(ApiCall call, CancellationToken ct) =>
        (await FindAsync(call, 0, ct)).Select(workers => new JsonObject { ["count"] = workers.Count });

    /// <param name="usual">Seconds that the last report may be ago when the client does not say; 0 for any.</param>
    private static async Task<Result<IReadOnlyList<Worker>>> FindAsync(ApiCall call, long usual, CancellationToken ct)
    {
        var fields = call.Fields;
        var seconds = Math.Clamp(fields.Whole("last_seen") ?? usual, 0, int.MaxValue);
        var (labels, systemLabels) = (fields.Names("tags"), fields.Names("system_tags"));
        var pattern = fields.Text("worker_pattern");
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var within = seconds > 0 ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromDays(365);
        var found = await call.Rooms.Workers.ListAsync(call.Caller, within, ct);
        try
        {
            return found.Select<IReadOnlyList<Worker>>(workers =>
                [
                    .. workers.Where(worker =>
                        HasAny(worker.Labels, labels)
                        && HasAny(worker.SystemLabels, systemLabels)
                        && (pattern is null || Regex.IsMatch(worker.Name, pattern, RegexOptions.None, longestMatch))
                    ),
                ]
            );
        }
        catch (Exception bad) when (bad is ArgumentException or RegexMatchTimeoutException)
        {
            return Errors.InvalidField("worker_pattern", $"a regular expression ({bad.Message})");
        }
    }

    /// <summary>Nothing asked is always there; <c>-x</c> must not be.</summary>
    private static bool HasAny(IReadOnlyList<string> labels, IReadOnlyList<string> asked)
    {
        var wanted = asked.Where(label => !label.StartsWith('-')).ToList();
        return !asked.Any(label => label.StartsWith('-') && labels.Contains(label[1..]))
            && (wanted.Count == 0 || wanted.Exists(labels.Contains));
    }

    private static async Task<Result<Dictionary<RunId, Run>>> RunsAsync(
        ApiCall call,
        IReadOnlyList<Worker> workers,
        CancellationToken ct
    )
    {
        var ids = workers.Select(worker => worker.Run).OfType<RunId>().Distinct().ToList();
        var runs = await call.Rooms.Runs.GetManyAsync(call.Caller, ids, RunParts.None, ct);
        return runs.Select(all => all.ToDictionary(run => run.Id));
    }

    private static async Task<Result<Dictionary<QueueId, QueueState>>> QueuesAsync(
        ApiCall call,
        IReadOnlyList<Worker> workers,
        CancellationToken ct
    )
    {
        IReadOnlyList<QueueId> ids =
        [
            .. workers.SelectMany(worker => worker.Queues.Concat(worker.Queue is { } own ? [own] : [])).Distinct(),
        ];
        var queues = await call.Rooms.Queues.ListAsync(call.Caller, new() { Ids = ids, MostEntries = 1 }, ct);
        var counts = await call.Rooms.Waiting.CountAsync(call.Caller, ids, ct);
        return queues.Then(page =>
            counts.Select(waiting =>
                page.Items.ToDictionary(
                    queue => queue.Id,
                    queue => new QueueState(
                        queue.Name,
                        waiting.GetValueOrDefault(queue.Id),
                        queue.Entries is [var next] ? next : null
                    )
                )
            )
        );
    }

    private static JsonObject Describe(
        Worker worker,
        Dictionary<RunId, Run> runs,
        Dictionary<QueueId, QueueState> queues
    )
    {
        var reply = WorkerReply.Of(worker);
        if (worker.Run is { } id && runs.TryGetValue(id, out var run))
        {
            reply["task"] = new JsonObject
            {
                ["id"] = id.ToString(),
                ["name"] = run.Name,
                ["running_time"] = run.Started is { } started
                    ? (long)(worker.LastReport - started).TotalMilliseconds
                    : 0,
                ["last_iteration"] = run.LastIteration,
            };
            reply["project"] = run.ProjectId.ToString();
        }

        if (worker.Queue is { } own && queues.TryGetValue(own, out var from))
        {
            reply["queue"] = from.Describe(own);
        }

        reply["queues"] = new JsonArray([
            .. worker.Queues.Where(queues.ContainsKey).Select(queue => queues[queue].Describe(queue)),
        ]);
        return reply;
    }

    private sealed record QueueState(string Name, long Count, QueueEntry? Next)
    {
        public JsonObject Describe(QueueId id) =>
            new()
            {
                ["id"] = id.ToString(),
                ["name"] = Name,
                ["num_tasks"] = Count,
                ["next_task"] = Next?.Run.ToString(),
            };
    }
}
