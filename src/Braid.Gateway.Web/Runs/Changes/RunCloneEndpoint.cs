using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Runs.Listing;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Changes;

/// <summary><c>POST /api/runs/ID/clone</c>: a draft like the run, with parameters of its own, and at once into a queue if asked for.</summary>
internal sealed class RunCloneEndpoint(WebRooms rooms, BrowserSession session)
{
    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, run, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, RunBodies.Default.RunCloneBody);
                return body.IsOk ? await CloneAsync(caller, run, body.Value, ct) : body.Error;
            }
        );

    /// <summary>A draft that cannot be put into its queue stays a draft: the answer names it, and says why.</summary>
    private async Task<Result<JsonObject>> CloneAsync(
        Caller caller,
        RunId source,
        RunCloneBody body,
        CancellationToken ct
    )
    {
        var cloning = new RunCloning
        {
            Protocol = "braid",
            Name = body.Name,
            LabelsLeft = [RunTable.ArchivedLabel, "development"],
            Parameters = body.Parameters?.Select(one => new RunParameter(one.Section, one.Name, one.Value)).ToArray(),
        };
        var made = await rooms.Runs.CloneAsync(caller, source, cloning, ct);
        if (!made.IsOk)
        {
            return made.Error;
        }

        var answer = new JsonObject { ["id"] = made.Value.Id.ToString() };
        if (body.Queue is { Length: > 0 } queue)
        {
            var queued = await RunActions.EnqueueAsync(rooms, caller, made.Value.Id, queue, ct);
            answer["refused"] = queued.Error?.Message;
        }

        return answer;
    }
}
