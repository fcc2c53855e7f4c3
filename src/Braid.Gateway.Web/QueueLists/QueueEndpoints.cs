using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.QueueLists;

/// <summary>
/// ClearML's queues: <c>GET /api/queues</c> lists them, <c>GET /api/queues/QUEUE?limit=N</c> shows what waits in one, next first;
/// <c>POST /api/queues/QUEUE/runs/RUN/move</c> moves a run in it, <c>DELETE /api/queues/QUEUE/runs/RUN</c> takes it out.
/// </summary>
internal sealed class QueueEndpoints(WebRooms rooms, BrowserSession session)
{
    private const int mostQueues = 1000;
    private const int mostEntries = 1000;
    private const int usualEntries = 200;

    private readonly CallerAnswer answer = new(session);

    public Task ListAsync(HttpContext context) => answer.SendAsync(context, ListAsync);

    public Task GetAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
                QueueOf(context).TryGet(out var id, out var unknown)
                    ? await GetAsync(caller, id, LimitOf(context), ct)
                    : unknown
        );

    public Task MoveAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, run, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, QueueBodies.Default.QueueMoveBody);
                var move = body.Then(asked => MoveOf(asked.To));
                var queue = QueueOf(context);
                if ((queue.Error ?? move.Error) is { } refused)
                {
                    return refused;
                }

                var moved = await rooms.Waiting.MoveAsync(
                    caller,
                    queue.Value,
                    run,
                    move.Value,
                    Math.Max(1, body.Value.Count),
                    ct
                );
                return moved.Select(before => new JsonObject { ["before"] = before });
            }
        );

    public Task RemoveAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, run, ct) =>
                QueueOf(context).TryGet(out var queue, out var unknown)
                    ? (await rooms.Waiting.RemoveAsync(caller, queue, run, restoreStatus: true, ct)).Select(
                        _ => new JsonObject()
                    )
                    : unknown
        );

    private static int LimitOf(HttpContext context) =>
        int.TryParse(context.Request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Clamp(limit, 1, mostEntries)
            : usualEntries;

    private static Result<QueueId> QueueOf(HttpContext context)
    {
        var text = (string?)context.Request.RouteValues["queue"];
        return QueueId.TryParse(text, out var id)
            ? id
            : new Error(
                ErrorKind.NotFound,
                "web.no-such-queue",
                $"there is no queue '{text}': a queue's id is 32 hex digits"
            );
    }

    private static Result<QueueMove> MoveOf(string to) =>
        to switch
        {
            "front" => QueueMove.ToFront,
            "back" => QueueMove.ToBack,
            "forward" => QueueMove.Forward,
            "backward" => QueueMove.Backward,
            _ => new Error(
                ErrorKind.InvalidArgument,
                "web.unknown-word",
                $"a run is moved to front, back, forward or backward, not '{to}'"
            ),
        };

    private async Task<Result<JsonObject>> ListAsync(Caller caller, CancellationToken ct)
    {
        var query = new QueueQuery
        {
            OrderBy = [new Order(QueueFields.Name)],
            Limit = mostQueues,
            MostEntries = 0,
        };
        var queues = await rooms.Queues.ListAsync(caller, query, ct);
        if (!queues.TryGet(out var page, out var refused))
        {
            return refused;
        }

        var waiting = await rooms.Waiting.CountAsync(caller, [.. page.Items.Select(queue => queue.Id)], ct);
        var shares = await SharesAsync(ct);
        return waiting.Select(counts => new JsonObject
        {
            ["queues"] = Answer.List(
                page.Items,
                queue => Write(queue, counts.GetValueOrDefault(queue.Id), shares.GetValueOrDefault(queue.Id))
            ),
        });
    }

    private async Task<Result<JsonObject>> GetAsync(Caller caller, QueueId id, int limit, CancellationToken ct)
    {
        var queue = await rooms.Queues.GetAsync(caller, id, limit, ct);
        var waiting = await rooms.Waiting.CountAsync(caller, id, ct);
        if ((queue.Error ?? waiting.Error) is { } refused)
        {
            return refused;
        }

        var entries = queue.Value.Entries;
        var runs = await rooms.Runs.QueryAsync(
            caller,
            new() { Ids = [.. entries.Select(entry => entry.Run)], Parts = RunParts.None },
            ct
        );
        if (!runs.TryGet(out var page, out var hidden))
        {
            return hidden;
        }

        var projects = await ProjectNames.OfAsync(rooms, caller, page.Items.Select(run => run.ProjectId), ct);
        if (!projects.TryGet(out var names, out var unknown))
        {
            return unknown;
        }

        var byId = page.Items.ToDictionary(run => run.Id);
        var answer = Write(queue.Value, waiting.Value, (await SharesAsync(ct)).GetValueOrDefault(id));
        answer["entries"] = Answer.List(entries, entry => Write(entry, byId.GetValueOrDefault(entry.Run), names));
        return answer;
    }

    private async Task<Dictionary<QueueId, string>> SharesAsync(CancellationToken ct) =>
        (await rooms.Workloads.Shares.ListAsync(ct))
            .Where(share => share.HasQueue)
            .ToDictionary(share => share.Id, share => share.Name);

    private static JsonObject Write(Queue queue, long waiting, string? share) =>
        new()
        {
            ["id"] = queue.Id.ToString(),
            ["name"] = queue.Name,
            ["title"] = queue.DisplayName,
            ["share"] = share,
            ["waiting"] = waiting,
        };

    private static JsonObject Write(
        QueueEntry entry,
        Run? run,
        IReadOnlyDictionary<Braid.Primitives.ProjectId, string> projects
    ) =>
        new()
        {
            ["run"] = entry.Run.ToString(),
            ["added"] = entry.Added,
            ["name"] = run?.Name ?? "",
            ["project"] = run is null ? "" : projects.GetValueOrDefault(run.ProjectId, ""),
            ["user"] = run?.User ?? "",
            ["message"] = run?.StatusMessage ?? "",
        };
}
