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
        var origin = context.Request.Headers.Origin.ToString();
        if (IsLoopback(context.Request.Host.Host) && (origin.Length == 0 || IsLoopbackOrigin(origin)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            "This server runs without authentication and answers loopback names only (localhost, 127.0.0.1, [::1]). "
                + "To serve other names, start it with --auth."
        );
    }

    private static bool IsLoopbackOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopback(uri.Host.Trim('[', ']'));

    private static bool IsLoopback(string host) =>
        host is "localhost" or ""
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
