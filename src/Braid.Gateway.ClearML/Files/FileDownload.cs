using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.ClearML.Files;

/// <summary><c>GET</c> and <c>HEAD /path</c>, whole or a range, with an ETag; <c>?download</c> makes a browser save it.</summary>
internal static class FileDownload
{
    private static readonly FileExtensionContentTypeProvider types = new();

    public static async Task<Error?> SendAsync(HttpContext http, ClearMLRooms rooms, Caller caller)
    {
        var path = FilePath.Of(http.Request);
        var opened = await rooms.Artifacts.OpenAsync(caller, ArtifactSpaces.Files, path, http.RequestAborted);
        if (!opened.TryGet(out var open, out var error))
        {
            return error;
        }

        // Uploaded pages are strangers' code: they may run, but not as this server.
        http.Response.Headers.ContentSecurityPolicy = "sandbox allow-scripts";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var result = Results.Stream(
            open.Content,
            TypeOf(path),
            http.Request.Query.ContainsKey("download") ? open.File.Name : null,
            open.File.Modified,
            new EntityTagHeaderValue($"\"{open.File.ContentId}\""),
            enableRangeProcessing: true
        );
        await result.ExecuteAsync(http);
        return null;
    }

    /// <summary>Compressed files come as they are: a content type of what is inside would have them unpacked on the way.</summary>
    private static string TypeOf(string path) =>
        !path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && types.TryGetContentType(path, out var type)
            ? type
            : "application/octet-stream";
}
