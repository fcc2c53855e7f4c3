using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>Finds out who sent a request.</summary>
internal static class CallerOf
{
    public const string Door = "clearml";

    /// <summary>The API takes a key pair, a token, the cookie, or nothing on an open server.</summary>
    public static Task<Result<Caller>> ApiRequestAsync(
        HttpRequest request,
        Authenticator access,
        CancellationToken ct
    ) =>
        SentCredentials.Of(request) switch
        {
            SentCredentials.Keys sent => access.FromKeyAsync(sent.Pair, OriginOf(request), ct),
            var other => ByTokenAsync(other, request, access, ct),
        };

    /// <summary>The file server takes what the API takes, except a key pair.</summary>
    public static Task<Result<Caller>> FileRequestAsync(
        HttpRequest request,
        Authenticator access,
        CancellationToken ct
    ) => ByTokenAsync(SentCredentials.Of(request), request, access, ct);

    private static CallerOrigin OriginOf(HttpRequest request) =>
        CallerOrigin.Of(Door, request.HttpContext.Connection.RemoteIpAddress) with
        {
            Machine = request.Headers.ClearML("Worker") ?? "",
        };

    private static async Task<Result<Caller>> ByTokenAsync(
        SentCredentials sent,
        HttpRequest request,
        Authenticator access,
        CancellationToken ct
    )
    {
        if (sent is SentCredentials.Nothing)
        {
            return access.FromNothing(OriginOf(request));
        }

        if (sent is not SentCredentials.Token token)
        {
            return Errors.MalformedCredentials();
        }

        var found = await access.FromTokenAsync(token.Text, OriginOf(request), ct);
        return found.IsOk ? found : Errors.InvalidToken();
    }
}
