using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Login;

/// <summary>Finds out who asks, and sends what the answer is to them.</summary>
internal sealed class CallerAnswer(BrowserSession session)
{
    public async Task SendAsync(HttpContext context, Func<Caller, CancellationToken, Task<Result<JsonObject>>> answer)
    {
        var caller = await session.FindCallerAsync(context);
        await Answer.SendAsync(
            context,
            caller.IsOk ? await answer(caller.Value, context.RequestAborted) : caller.Error
        );
    }

    /// <summary>About the run that the path names.</summary>
    public Task SendAsync(
        HttpContext context,
        Func<Caller, RunId, CancellationToken, Task<Result<JsonObject>>> answer
    ) =>
        SendAsync(
            context,
            async (caller, ct) =>
            {
                var id = Answer.RunOf(context);
                return id.IsOk ? await answer(caller, id.Value, ct) : id.Error;
            }
        );
}
