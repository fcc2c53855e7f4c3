using System.Net.Http.Headers;
using System.Text;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>Finds out who calls: HTTP Basic (access key, secret), a bearer token, or nobody.</summary>
internal static class Knock
{
    /// <summary>What a 401 carries, so that clients know to send credentials.</summary>
    public const string Challenge = "Basic realm=\"mlflow\"";

    public static Task<Result<Caller>> WhoAsync(Authenticator authenticator, HttpRequest request, CancellationToken ct)
    {
        var origin = CallerOrigin.Of("mlflow", request.HttpContext.Connection.RemoteIpAddress);
        var sent = request.Headers.Authorization.ToString();
        if (sent.Length == 0)
        {
            return Task.FromResult(authenticator.FromNothing(origin));
        }

        return AuthenticationHeaderValue.TryParse(sent, out var header)
            ? WhoAsync(authenticator, header, origin, ct)
            : Task.FromResult<Result<Caller>>(Access.Errors.BadCredentials());
    }

    private static Task<Result<Caller>> WhoAsync(
        Authenticator authenticator,
        AuthenticationHeaderValue header,
        CallerOrigin origin,
        CancellationToken ct
    ) =>
        header.Scheme.ToUpperInvariant() switch
        {
            "BASIC" when Pair(header.Parameter) is { } pair => authenticator.FromKeyAsync(pair, origin, ct),
            "BEARER" when header.Parameter is { Length: > 0 } token => authenticator.FromTokenAsync(token, origin, ct),
            _ => Task.FromResult<Result<Caller>>(Access.Errors.BadCredentials()),
        };

    private static KeyPair? Pair(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        if (base64 is null || !Convert.TryFromBase64String(base64, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new(text[..colon], text[(colon + 1)..]);
    }
}
