using System.Text.Json.Nodes;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Login;

/// <summary><c>GET /api/me</c>: who the browser is, whether it may administer the server, and of which version the server.</summary>
internal sealed class MeEndpoint(BrowserSession session)
{
    /// <summary>Of this server.</summary>
    public static string Version { get; } = typeof(MeEndpoint).Assembly.GetName().Version?.ToString(3) ?? "";

    public async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var caller = await session.FindCallerAsync(context);
        await Answer.SendAsync(
            context,
            caller.Select(found => new JsonObject
            {
                ["user"] = found.Name,
                ["signed_in"] = session.IsSignedIn(context),
                ["administrator"] = found.MayAdminister() is null,
                ["version"] = Version,
            })
        );
    }
}
