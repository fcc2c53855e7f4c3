using Braid.Access.Credentials;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Keys;

/// <summary>The ports of the doors that ClearML's clients need.</summary>
public sealed record ClearMLPorts(int Api, int Files);

/// <summary>
/// What <c>clearml-init</c> wants pasted, and what <c>clearml.conf</c> begins with. It reads up to a line that is just <c>}</c>, and
/// stops at an empty one, so the inner braces are indented.
/// </summary>
internal static class ClientConfiguration
{
    public static string Write(HttpRequest request, ClearMLPorts ports, KeyPair keys)
    {
        var web = AddressOf(request);
        return $$"""
            api {
              web_server: "{{Text(web)}}"
              api_server: "{{Text(At(web, ports.Api))}}"
              files_server: "{{Text(At(web, ports.Files))}}"
              credentials {
                "access_key" = "{{keys.AccessKey}}"
                "secret_key" = "{{keys.SecretKey}}"
              }
            }

            """;
    }

    /// <summary>
    /// The server as the browser calls it: its page's origin, which is right even where something in between changes the
    /// scheme or the host. Who sends no origin is told what was called.
    /// </summary>
    private static Uri AddressOf(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
        && origin.Scheme is "http" or "https"
            ? origin
            : new Uri($"{request.Scheme}://{request.Host.ToUriComponent()}");

    private static Uri At(Uri web, int port) => new UriBuilder(web) { Port = port }.Uri;

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
