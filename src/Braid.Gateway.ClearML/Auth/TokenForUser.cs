using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Users;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>
/// <c>auth.get_token_for_user</c>: lets an administrator speak for another user. The token hangs on the administrator's key pair,
/// so it needs one.
/// </summary>
internal static class TokenForUser
{
    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.RequiredText("user");
        var lifetime = TokenLifetime.Read(call.Fields);
        Companies.CheckSent(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        return (await call.Rooms.Users.GetAsync(call.Caller, id, ct)).TryGet(out var user, out var unknown)
            ? await IssueAsync(call, user, lifetime, ct)
            : unknown;
    }

    private static async Task<Result<JsonObject>> IssueAsync(
        ApiCall call,
        User user,
        TimeSpan lifetime,
        CancellationToken ct
    )
    {
        if (AccessKeyOf(call) is not { } accessKey)
        {
            return Errors.NoKeys();
        }

        var claims = TokenClaims.For(Roles.CallerOf(user));
        var issued = await call.Rooms.Access.IssueTokenForAsync(call.Caller, user.Id, accessKey, lifetime, claims, ct);
        return issued.Select(token => new JsonObject { ["token"] = token });
    }

    private static string? AccessKeyOf(ApiCall call) =>
        SentCredentials.Of(call.Http.Request) switch
        {
            SentCredentials.Keys sent => sent.Pair.AccessKey,
            SentCredentials.Token sent => call.Rooms.Access.AccessKeyOf(sent.Text),
            _ => null,
        };
}
