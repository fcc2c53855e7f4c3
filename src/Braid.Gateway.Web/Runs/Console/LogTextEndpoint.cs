using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Console;

/// <summary><c>GET /api/runs/ID/log.txt</c>: the whole console as a file, sent as it is read.</summary>
internal sealed class LogTextEndpoint(WebRooms rooms, BrowserSession session)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        if ((caller.Error ?? id.Error) is { } problem)
        {
            await Answer.SendAsync(context, problem);
            return;
        }

        var lines = await rooms.Logs.FollowAsync(
            caller.Value,
            id.Value,
            from: 0,
            tail: null,
            datum: null,
            follow: false,
            context.RequestAborted
        );
        if (!lines.IsOk)
        {
            await Answer.SendAsync(context, lines.Error);
            return;
        }

        BrowserDefences.Isolate(context.Response);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id.Value}.log\"";
        await foreach (var line in lines.Value)
        {
            await context.Response.WriteAsync(line.Text + "\n", context.RequestAborted);
        }
    }
}
