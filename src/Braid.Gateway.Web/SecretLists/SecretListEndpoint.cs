using System.Text.Json.Nodes;
using Braid.Gateway.Web.Login;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.SecretLists;

/// <summary>
/// <c>GET /api/secrets</c>: the names of what pipelines hand to their programs, <c>DELETE /api/secrets/NAME</c> removes one; for
/// administrators. No call tells a value.
/// </summary>
internal sealed class SecretListEndpoint(WebRooms rooms, BrowserSession session)
{
    private readonly CallerAnswer answer = new(session);

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
                (await rooms.Secrets.ListAsync(caller, ct)).Select(all => new JsonObject
                {
                    ["secrets"] = Answer.List(
                        all,
                        secret => new JsonObject
                        {
                            ["name"] = secret.Name,
                            ["type"] = secret.Type,
                            ["created"] = secret.CreatedAt,
                        }
                    ),
                })
        );

    public Task DeleteAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
                (
                    await rooms.Secrets.DeleteAsync(caller, (string?)context.Request.RouteValues["name"] ?? "", ct)
                ).Select(_ => new JsonObject())
        );
}
