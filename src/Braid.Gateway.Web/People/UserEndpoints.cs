using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.People;

/// <summary>
/// Who uses the server: <c>GET /api/users</c> lists them; <c>POST</c> makes one, <c>PATCH /api/users/ID</c> names one or gives one a
/// role, <c>DELETE</c> ends one with all key pairs: for administrators.
/// </summary>
internal sealed class UserEndpoints(WebRooms rooms, BrowserSession session)
{
    private readonly CallerAnswer answer = new(session);

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
                (await rooms.Users.ListAsync(caller, ct)).Select(all => new JsonObject
                {
                    ["users"] = Answer.List(all, Write),
                })
        );

    public Task CreateAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, UserBodies.Default.NewUserBody);
                return body.TryGet(out var asked, out var wrong)
                    ? (await rooms.Users.CreateAsync(caller, Read(asked), ct)).Select(Write)
                    : wrong;
            }
        );

    public Task ChangeAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, UserBodies.Default.UserBody);
                return body.TryGet(out var asked, out var wrong)
                    ? (await ChangeAsync(caller, IdOf(context), asked, ct)).Select(Write)
                    : wrong;
            }
        );

    public Task DeleteAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
                (await rooms.Users.DeleteAsync(caller, IdOf(context), ct)).Select(_ => new JsonObject())
        );

    private static string IdOf(HttpContext context) => (string?)context.Request.RouteValues["id"] ?? "";

    private static User Read(NewUserBody asked) =>
        new()
        {
            Id = asked.Id,
            Name = asked.Name,
            Email = string.IsNullOrWhiteSpace(asked.Email) ? null : asked.Email,
            Role = asked.Administrator ? UserRole.Administrator : UserRole.Member,
        };

    private async Task<Result<User>> ChangeAsync(Caller caller, string id, UserBody asked, CancellationToken ct)
    {
        if (asked.Administrator is { } administrator)
        {
            var role = administrator ? UserRole.Administrator : UserRole.Member;
            var given = await rooms.Users.SetRoleAsync(caller, id, role, ct);
            if (!given.IsOk)
            {
                return given.Error;
            }
        }

        return await rooms.Users.UpdateAsync(caller, id, new() { Name = asked.Name }, ct);
    }

    private static JsonObject Write(User user) =>
        new()
        {
            ["id"] = user.Id,
            ["name"] = user.Name,
            ["email"] = user.Email,
            ["administrator"] = user.Role == UserRole.Administrator,
            ["builtIn"] = user.IsBuiltIn,
            ["created"] = user.CreatedAt,
        };
}
