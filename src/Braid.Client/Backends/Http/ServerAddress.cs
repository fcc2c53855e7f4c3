using System.Net.Http.Headers;
using System.Text;

namespace Braid.Client.Backends.Http;

/// <summary>The two parts of <c>http://USER:PASSWORD@HOST/PATH</c>: an address that may be shown and written down, and who we are there.</summary>
internal static class ServerAddress
{
    /// <summary>The address without user and password.</summary>
    public static string Of(Uri server) => server.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    /// <summary>The user and password that an address names, for basic authentication; null when it names none.</summary>
    public static AuthenticationHeaderValue? CredentialsOf(Uri server) =>
        server.UserInfo.Split(':', 2) switch
        {
            [""] => null,
            [var user] => Basic(Uri.UnescapeDataString(user), ""),
            [var user, var password] => Basic(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)),
            _ => null,
        };

    /// <summary>Basic authentication.</summary>
    public static AuthenticationHeaderValue Basic(string? user, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
