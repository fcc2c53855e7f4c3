using System.Net;
using Microsoft.AspNetCore.Http;

namespace Braid.Server.Doors;

/// <summary>
/// A server that trusts loopback must not be fooled by a web page: a name that resolves to 127.0.0.1 (DNS rebinding) or a
/// script of another origin would speak with the user's rights.
/// </summary>
internal static class HostGuard
{
    public static Task RefuseForeignNamesAsync(HttpContext context, RequestDelegate next)
    {
        if (IsLoopback(context.Request.Host.Host) && IsOfOurPages(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            "This server runs without authentication and answers loopback names only (localhost, 127.0.0.1, [::1]). "
                + "To serve other names, start it with --auth."
        );
    }

    private static bool IsOfOurPages(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || IsLoopbackOrigin(origin) || (origin == "null" && IsForLoading(request));
    }

    /// <summary>
    /// A script, a style or an image for a page without an origin, as our frame for figures is one. From a page that has one such a
    /// request names none, and passes: in both cases the page cannot read what it gets.
    /// </summary>
    private static bool IsForLoading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "no-cors";

    private static bool IsLoopbackOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopback(uri.Host.Trim('[', ']'));

    private static bool IsLoopback(string host) =>
        host is "localhost" or ""
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
