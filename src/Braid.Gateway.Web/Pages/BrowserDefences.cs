using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Pages;

/// <summary>Headers that keep a browser from running, framing or guessing at anything that is not ours.</summary>
internal static class BrowserDefences
{
    private const string ours =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; "
        + "media-src 'self'; font-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>
    /// For a file that somebody logged: it runs no script, has no origin, reaches nothing, and only our own pages may frame it.
    /// </summary>
    private const string foreign =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; media-src data: blob:; font-src data:; "
        + "frame-ancestors 'self'";

    /// <summary>
    /// For the page of ours that draws figures which somebody logged, in a library that writes styles as it goes: it has no origin,
    /// reaches nothing but its own files, and only our own pages may frame it.
    /// </summary>
    private const string drawing =
        "sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        + "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ours;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }

    /// <summary>The answer is the page that draws figures.</summary>
    public static void LetDraw(HttpResponse response) => response.Headers.ContentSecurityPolicy = drawing;

    /// <summary>A script or styles of that page, which are no secret: what has no origin may load them, too.</summary>
    public static void LetAnyoneLoad(HttpResponse response) =>
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";

    /// <summary>The answer carries bytes that somebody logged.</summary>
    public static void Isolate(HttpResponse response) => response.Headers.ContentSecurityPolicy = foreign;
}
