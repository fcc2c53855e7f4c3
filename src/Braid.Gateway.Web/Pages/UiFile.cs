using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.Web.Pages;

/// <summary>A file as it is sent: its bytes, compressed with gzip where that pays.</summary>
/// <param name="Tag">Changes exactly when the bytes do.</param>
internal sealed record UiFile(byte[] Content, string ContentType, bool IsGzip, EntityTagHeaderValue Tag)
{
    private const string gzip = ".gz";

    /// <summary>The file of this name; a name that ends in <c>.gz</c> is of a file that is compressed.</summary>
    public static UiFile Of(string name, byte[] bytes)
    {
        var isGzip = name.EndsWith(gzip, StringComparison.Ordinal);
        var tag = $"\"{Primitives.Sha256Hash.Of(bytes).ToString()[..16]}\"";
        return new(bytes, ContentTypeOf(Plain(name)), isGzip, new(tag));
    }

    /// <summary>The name that browsers ask for.</summary>
    public static string Plain(string name) =>
        name.EndsWith(gzip, StringComparison.Ordinal) ? name[..^gzip.Length] : name;

    private static string ContentTypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            var other => throw new InvalidOperationException($"no content type for {other}"),
        };
}
