using Braid.Gateway.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web;

/// <summary>
/// Bytes that somebody stored, whole or in ranges, isolated from our pages; <c>?download</c> makes the browser keep them.
/// </summary>
internal static class FileAnswer
{
    /// <param name="content">Disposed of when it is sent.</param>
    /// <param name="mark">Another one when the bytes are others.</param>
    public static Task SendAsync(HttpContext context, Stream content, string name, DateTimeOffset modified, string mark)
    {
        BrowserDefences.Isolate(context.Response);
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults
            .Stream(
                content,
                FileTypes.Of(name),
                context.Request.Query.ContainsKey("download") ? name : null,
                modified,
                new($"\"{mark}\""),
                enableRangeProcessing: true
            )
            .ExecuteAsync(context);
    }
}
