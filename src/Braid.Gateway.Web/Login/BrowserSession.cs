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

    /// <summary>Who the browser (or a script with a bearer token) is.</summary>
    public async Task<Result<Caller>> FindCallerAsync(HttpContext context) =>
        TokenOf(context) is { } token
            ? await authenticator.FromTokenAsync(token, context.RequestAborted)
            : authenticator.FromNothing();

    /// <summary>False for a caller who sent no credentials, and needed none.</summary>
    public bool IsSignedIn(HttpContext context) => TokenOf(context) is not null;

    private static string? TokenOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..]
            : context.Request.Cookies[cookie];
    }

    private async Task LogInAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;
        var keys = new KeyPair(form["access_key"].ToString(), form["secret_key"].ToString());
        if (!(await authenticator.FromKeyAsync(keys, context.RequestAborted)).IsOk)
        {
            context.Response.Redirect("/login?wrong");
            return;
        }

        context.Response.Cookies.Append(
            cookie,
            authenticator.IssueToken(keys.AccessKey, lifetime, noClaims),
            Flags(context)
        );
        context.Response.Redirect("/");
    }

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
