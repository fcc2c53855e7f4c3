using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Users;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>
/// <c>auth.login</c>: a bearer token for a key pair, or a fresh token for one that still holds. The token itself tells
/// the client which contract this server speaks (it reads the claims without checking the signature).
/// </summary>
internal static class LogIn
{
    private static readonly TimeSpan usualLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan longestLifetime = TimeSpan.FromDays(365);

    public static Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var seconds = call.Fields.Whole("expiration_sec") ?? (long)usualLifetime.TotalSeconds;
        if (seconds < 1 || seconds > longestLifetime.TotalSeconds)
        {
            call.Fields.Refuse(
                Errors.InvalidField("expiration_sec", $"1 to {(long)longestLifetime.TotalSeconds} seconds")
            );
        }

        return Task.FromResult(
            call.Fields.Problem is { } problem
                ? problem
                : AccessKeyOf(call).Select(accessKey => Issue(call, accessKey, TimeSpan.FromSeconds(seconds)))
        );
    }

    /// <summary>The credentials have been checked already; here it matters only which pair a token stands for.</summary>
    private static Result<string> AccessKeyOf(ApiCall call) =>
        SentCredentials.Of(call.Http.Request) switch
        {
            SentCredentials.Keys sent => sent.Pair.AccessKey,
            SentCredentials.Token sent when call.Rooms.Access.AccessKeyOf(sent.Text) is { } accessKey => accessKey,
            _ => Errors.NoKeys(),
        };

    private static JsonObject Issue(ApiCall call, string accessKey, TimeSpan lifetime)
    {
        var token = call.Rooms.Access.IssueToken(accessKey, lifetime, Claims(call));
        call.Http.Response.Cookies.Append(
            SentCredentials.CookieName,
            token,
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                MaxAge = lifetime,
            }
        );
        return new JsonObject { ["token"] = token };
    }

    private static Dictionary<string, object> Claims(ApiCall call) =>
        new(StringComparer.Ordinal)
        {
            ["auth_type"] = "Bearer",
            ["identity"] = UserReply.Identity(call.Caller),
            ["session_id"] = call.Rooms.Ids.Next().ToString(),
            ["env"] = "",
            ["api_version"] = Contract.ApiVersion,
            ["server_version"] = Contract.ServerVersion,
            ["server_build"] = Contract.ServerBuild,
            ["feature_set"] = Contract.FeatureSet,
        };
}
