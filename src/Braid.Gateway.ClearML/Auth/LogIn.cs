using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>
/// <c>auth.login</c>: a bearer token for a key pair, or a fresh token of the same session for one that still holds. The
/// credentials have been checked already.
/// </summary>
internal static class LogIn
{
    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var lifetime = TokenLifetime.Read(call.Fields);
        return Task.FromResult(
            call.Fields.Problem is { } problem
                ? problem
                : TokenFor(call, lifetime)
                    .Select(token =>
                    {
                        TokenCookie.Set(call.Http, token, lifetime);
                        return new JsonObject { ["token"] = token };
                    })
        );
    }

    private static Result<string> TokenFor(ApiCall call, TimeSpan lifetime)
    {
        var (access, claims) = (call.Rooms.Access, TokenClaims.For(call.Caller));
        return SentCredentials.Of(call.Http.Request) switch
        {
            SentCredentials.Keys sent => access.IssueToken(sent.Pair.AccessKey, lifetime, claims),
            SentCredentials.Token sent => access.RenewToken(sent.Text, lifetime, claims),
            _ => Errors.NoKeys(),
        };
    }
}
