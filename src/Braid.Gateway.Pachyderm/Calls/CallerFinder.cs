using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Grpc.Hosting.Calls;

namespace Braid.Gateway.Pachyderm.Calls;

/// <summary>
/// Finds out who calls, by the metadata <c>authn-token</c>: a token of this server, or an access key and its secret with a
/// colon between them.
/// </summary>
internal sealed class CallerFinder(Authenticator authenticator)
{
    private const string tokenKey = "authn-token";

    public bool IsOpen => authenticator.IsOpen;

    public async Task<Result<Caller>> FindAsync(ServerCall call, CancellationToken ct)
    {
        var origin = CallerOrigin.Of("pachyderm", call.RemoteAddress);
        return call.Metadata(tokenKey) is { Length: > 0 } token
            ? await FromTokenAsync(token, origin, ct)
            : FromNothing(origin);
    }

    private Result<Caller> FromNothing(CallerOrigin origin)
    {
        var caller = authenticator.FromNothing(origin);
        return caller.IsOk ? caller : Errors.NoToken();
    }

    private async Task<Result<Caller>> FromTokenAsync(string token, CallerOrigin origin, CancellationToken ct)
    {
        var caller = token.Split(':') is [var key, var secret]
            ? await authenticator.FromKeyAsync(new(key, secret), origin, ct)
            : await authenticator.FromTokenAsync(token, origin, ct);
        return caller.IsOk ? caller
            : IsForeign(token) ? FromNothing(origin)
            : Errors.BadToken();
    }

    /// <summary>
    /// A client keeps sending the token of a server that it used before. Where nobody needs a token, that one is ignored;
    /// one that this server made and that has been revoked is refused everywhere. Only this server's have a colon.
    /// </summary>
    private bool IsForeign(string token) =>
        authenticator.IsOpen && !token.Contains(':') && authenticator.AccessKeyOf(token) is null;
}
