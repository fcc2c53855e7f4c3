using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary><c>GET /api/runs/ID/code.patch</c>: what was not committed when the run began, as <c>git apply</c> takes it.</summary>
internal sealed class PatchEndpoint(WebRooms rooms, BrowserSession session)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        var run = (caller.Error ?? id.Error) is { } problem
            ? problem
            : await rooms.Runs.GetAsync(caller.Value, id.Value, RunParts.None, context.RequestAborted);
        var patch = run.Then(found => PatchOf(found));
        if (!patch.TryGet(out var text, out var refused))
        {
            await Answer.SendAsync(context, refused);
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
    }

    private static Result<string> PatchOf(Run run) =>
        RunJson.Document(run.Documents.Script) is JsonObject script
        && script["diff"] is JsonValue value
        && value.TryGetValue<string>(out var diff)
        && diff.Length > 0
            ? diff.EndsWith('\n')
                ? diff
                : diff + '\n'
            : new Error(
                ErrorKind.NotFound,
                "web.no-patch",
                $"run {run.Id} has no uncommitted changes written down: its commit is all of its code"
            );
}
