using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Keys;

/// <summary>
/// The key pairs of who is signed in: <c>GET /api/keys</c> lists them, <c>POST /api/keys</c> makes one and shows its secret, this once,
/// <c>DELETE /api/keys/KEY</c> revokes one.
/// </summary>
internal sealed class KeyEndpoints(WebRooms rooms, BrowserSession session)
{
    public Task ListAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async caller =>
            {
                var keys = await rooms.Keys.ListAsync(caller, context.RequestAborted);
                return keys.Select(found => new JsonObject
                {
                    ["user"] = caller.Name,
                    ["signed_in"] = session.IsSignedIn(context),
                    ["most"] = UserKeys.Most,
                    ["keys"] = Answer.List(found, Write),
                });
            }
        );

    public Task CreateAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async caller =>
            {
                var body = await JsonBody.ReadAsync(context.Request, KeyBodies.Default.NewKeyBody);
                var made = body.IsOk
                    ? await rooms.Keys.CreateAsync(caller, body.Value.Label ?? "", context.RequestAborted)
                    : body.Error;
                return made.Select(keys => new JsonObject
                {
                    ["access_key"] = keys.AccessKey,
                    ["configuration"] = ClientConfiguration.Write(context.Request, rooms.ClearML(), keys),
                });
            }
        );

    public Task RevokeAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async caller =>
            {
                var accessKey = (string?)context.Request.RouteValues["key"] ?? "";
                var revoked = await rooms.Keys.RevokeAsync(caller, accessKey, context.RequestAborted);
                return revoked.Select(_ => new JsonObject());
            }
        );

    private async Task AnswerAsync(HttpContext context, Func<Caller, Task<Result<JsonObject>>> answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        var caller = await session.FindCallerAsync(context);
        await Answer.SendAsync(context, caller.IsOk ? await answer(caller.Value) : caller.Error);
    }

    private static JsonObject Write(UserKey key) =>
        new()
        {
            ["access_key"] = key.AccessKey,
            ["label"] = key.Label,
            ["created"] = key.CreatedAt,
            ["last_used"] = key.LastUsedAt,
            ["last_used_from"] = key.LastUsedFrom,
            ["is_of_installation"] = key.IsOfInstallation,
        };
}
