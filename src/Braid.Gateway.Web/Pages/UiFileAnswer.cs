using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.Web.Pages;

/// <summary>Sends a file, or says that the browser has it already.</summary>
internal static class UiFileAnswer
{
    private static readonly TimeSpan forever = TimeSpan.FromDays(365);

    /// <param name="isNamedByContent">Another content has another name: who has the file need never ask again.</param>
    public static async Task SendAsync(HttpContext context, UiFile file, bool isNamedByContent)
    {
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = file.Tag;
        headers.CacheControl = isNamedByContent
            ? new()
            {
                Public = true,
                MaxAge = forever,
                Extensions = { new NameValueHeaderValue("immutable") },
            }
            : new() { NoCache = true };
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(file.Tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.Headers.Vary = "Accept-Encoding";
        await (file.IsGzip ? SendCompressedAsync(context, file) : SendPlainAsync(context, file.Content));
    }

    private static Task SendCompressedAsync(HttpContext context, UiFile file)
    {
        if (!TakesGzip(context.Request))
        {
            return SendPlainAsync(context, Unpack(file.Content));
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return SendPlainAsync(context, file.Content);
    }

    private static async Task SendPlainAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value == "gzip" && one.Quality is not 0);

    private static byte[] Unpack(byte[] content)
    {
        using var plain = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress))
        {
            zip.CopyTo(plain);
        }

        return plain.ToArray();
    }
}
