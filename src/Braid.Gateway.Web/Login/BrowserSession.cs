using System.Text;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Login;

/// <summary>
/// A browser's credentials: a bearer token in a cookie that scripts cannot read and other sites cannot send. The login
/// form takes the key pair that every other door takes.
/// </summary>
internal sealed class BrowserSession(Authenticator authenticator)
{
    private const string cookie = "braid_session";
    private static readonly TimeSpan lifetime = TimeSpan.FromDays(7);
    private static readonly Dictionary<string, object> noClaims = [];

    public void Map(WebApplication app)
    {
        app.MapPost("/login", LogInAsync);
        app.MapPost("/logout", LogOutAsync);
    }

    /// <summary>Who the browser (or a program with a bearer token or a key pair, such as a job's) is.</summary>
    public async Task<Result<Caller>> FindCallerAsync(HttpContext context) =>
        KeysOf(context) is { } keys ? await authenticator.FromKeyAsync(keys, OriginOf(context), context.RequestAborted)
        : TokenOf(context) is { } token
            ? await authenticator.FromTokenAsync(token, OriginOf(context), context.RequestAborted)
        : authenticator.FromNothing(OriginOf(context));

    /// <summary>False for a caller who sent no credentials, and needed none.</summary>
    public bool IsSignedIn(HttpContext context) => TokenOf(context) is not null;

    private static CallerOrigin OriginOf(HttpContext context) =>
        CallerOrigin.Of("web", context.Connection.RemoteIpAddress);

    private static string? TokenOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..]
            : context.Request.Cookies[cookie];
    }

    /// <summary>The pair of HTTP Basic; a pair that cannot be read is one that nobody has.</summary>
    private static KeyPair? KeysOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var base64 = header["Basic ".Length..].Trim();
        var bytes = new byte[base64.Length];
        var text = Convert.TryFromBase64String(base64, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : "";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new("", "") : new(text[..colon], text[(colon + 1)..]);
    }

    private async Task LogInAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;
        var keys = new KeyPair(form["access_key"].ToString(), form["secret_key"].ToString());
        var to = PageOf(form["to"].ToString());
        var found = await authenticator.FromKeyAsync(keys, OriginOf(context), context.RequestAborted);
        if (!found.TryGet(out var caller, out _))
        {
            context.Response.Redirect($"/login?wrong&to={Uri.EscapeDataString(to)}");
            return;
        }

        await authenticator.SignIns.SignedInAsync(caller, context.RequestAborted);
        context.Response.Cookies.Append(
            cookie,
            authenticator.IssueToken(keys.AccessKey, lifetime, noClaims),
            Flags(context)
        );
        context.Response.Redirect(to);
    }

    /// <summary>The page to go on to: where the browser came from, as long as that is a page of this server.</summary>
    private static string PageOf(string to) =>
        to is ['/', not ('/' or '\\'), ..] && to.All(sign => sign is > ' ' and <= '~') ? to : "/";

    /// <summary>The token is worth nothing afterwards, to whoever may have got hold of it.</summary>
    private async Task LogOutAsync(HttpContext context)
    {
        if (TokenOf(context) is { } token)
        {
            await authenticator.EndSessionAsync(token, context.RequestAborted);
        }

        context.Response.Cookies.Delete(cookie, Flags(context));
        context.Response.Redirect("/login");
    }

    private static CookieOptions Flags(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = lifetime,
        };
}
