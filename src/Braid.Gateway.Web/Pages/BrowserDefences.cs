using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Pages;

/// <summary>Headers that keep a browser from running, framing or guessing at anything that is not ours.</summary>
internal static class BrowserDefences
{
    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}
