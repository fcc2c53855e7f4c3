using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Queues;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Changes;

/// <summary><c>GET /api/runs/queues</c>: the names of the queues that a run can be put into.</summary>
internal sealed class QueueNamesEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostQueues = 1000;

    public Task AnswerAsync(HttpContext context) => new CallerAnswer(session).SendAsync(context, ReadAsync);

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, CancellationToken ct)
    {
        var query = new QueueQuery
        {
            OrderBy = [new Order(QueueFields.Name)],
            Limit = mostQueues,
            MostEntries = 0,
        };
        var queues = await rooms.Queues.ListAsync(caller, query, ct);
        return queues.Select(page => new JsonObject { ["queues"] = Answer.List(page.Items, queue => queue.Name) });
    }
}
