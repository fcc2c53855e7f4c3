using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Versions;

/// <summary>Finds out who asks and what of versioned data the path names, and sends what the answer is.</summary>
internal sealed class RepoAnswer(BrowserSession session)
{
    public Task SendAsync(
        HttpContext context,
        Func<Caller, RepoName, CancellationToken, Task<Result<JsonObject>>> answer
    ) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
                Asked.Repo(context).TryGet(out var repo, out var bad) ? await answer(caller, repo, ct) : bad
        );

    public Task SendAsync(
        HttpContext context,
        Func<Caller, FileAt, CancellationToken, Task<Result<JsonObject>>> answer
    ) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
                Asked.File(context).TryGet(out var at, out var bad) ? await answer(caller, at, ct) : bad
        );

    /// <summary>Who asks, and the file that they ask for, where the answer is no JSON.</summary>
    public async Task<Result<(Caller Caller, FileAt At)>> FindAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        return caller.Then(found => Asked.File(context).Select(at => (found, at)));
    }
}
