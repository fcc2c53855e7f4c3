using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Auth;

/// <summary>The cookie that holds the token in a browser, and in the SDK's session, which sends the header as well.</summary>
internal static class TokenCookie
{
    public const string Name = "clearml_token_basic";

    public static void Set(HttpContext http, string token, TimeSpan lifetime) =>
        http.Response.Cookies.Append(Name, token, Flags(lifetime));

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Flags(null));

    private static CookieOptions Flags(TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = lifetime,
        };
}
