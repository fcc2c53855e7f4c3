using System.Text;
using Braid.Access.Credentials;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>The credentials that a request carries, before anybody has checked them.</summary>
internal abstract record SentCredentials
{
    private SentCredentials() { }

    public sealed record Keys(KeyPair Pair) : SentCredentials;

    public sealed record Token(string Text) : SentCredentials;

    public sealed record Nothing : SentCredentials;

    /// <summary>An Authorization header that is neither Basic nor Bearer.</summary>
    public sealed record Malformed : SentCredentials;

    /// <summary>The Authorization header wins over the cookie.</summary>
    public static SentCredentials Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return request.Cookies[TokenCookie.Name] is { Length: > 0 } token ? new Token(token) : new Nothing();
        }

        var parts = header.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts switch
        {
            [var scheme, var text] when Is(scheme, "Bearer") => new Token(text),
            [var scheme, var text] when Is(scheme, "Basic") => ParseKeys(text),
            _ => new Malformed(),
        };
    }

    private static SentCredentials ParseKeys(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
        {
            return new Malformed();
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new Malformed() : new Keys(new KeyPair(text[..colon], text[(colon + 1)..]));
    }

    private static bool Is(string scheme, string name) => scheme.Equals(name, StringComparison.OrdinalIgnoreCase);
}
