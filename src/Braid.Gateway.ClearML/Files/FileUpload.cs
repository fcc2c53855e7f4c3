using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.ClearML.Files;

/// <summary>
/// <c>POST /</c>: multipart form data in which the name of each part is the path to store it under. The bytes go from the
/// wire to the store, whatever their number. The answer lists the paths.
/// </summary>
internal static class FileUpload
{
    private const int longestHeader = 64 << 10;

    public static async Task<Error?> ReceiveAsync(HttpContext http, ClearMLRooms rooms, Caller caller)
    {
        if (http.Request.Headers.ContentEncoding.Count > 0)
        {
            return Errors.EncodedBody(http.Request.Headers.ContentEncoding.ToString());
        }

        if (BoundaryOf(http.Request) is not { } boundary)
        {
            return Errors.BadRequest("upload files as multipart/form-data, each part's name being its path");
        }

        LiftHostLimits(http);
        try
        {
            return await ReceivePartsAsync(http, boundary, rooms, caller);
        }
        catch (BrokenFormException broken) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Errors.BadRequest(broken.Message);
        }
    }

    private static async Task<Error?> ReceivePartsAsync(
        HttpContext http,
        string boundary,
        ClearMLRooms rooms,
        Caller caller
    )
    {
        var ct = http.RequestAborted;
        var reader = new MultipartReader(boundary, http.Request.Body) { HeadersLengthLimit = longestHeader };
        var paths = new JsonArray();
        while (await FormBody.ReadFormAsync(() => reader.ReadNextSectionAsync(ct)) is { } part)
        {
            if (PathOf(part) is not { } path)
            {
                return Errors.BadRequest("a part without a name: its name is the path to store it under");
            }

            var task = FilePath.TaskOf(path);
            var body = new FormBody(part.Body);
            var stored = await rooms.Artifacts.PutAsync(caller, ArtifactSpaces.Files, path, body, task, ct);
            if (!stored.IsOk)
            {
                return stored.Error;
            }

            paths.Add(path);
        }

        if (paths.Count == 0)
        {
            return Errors.BadRequest("the upload holds no file");
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(paths.ToJsonString(), ct);
        return null;
    }

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 } boundary
            ? boundary.Value
            : null;

    private static string? PathOf(MultipartSection part)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
        {
            return null;
        }

        var path = FilePath.Trim(HeaderUtilities.UnescapeAsQuotedString(disposition.Name).Value ?? "");
        return path.Length > 0 ? path : null;
    }

    /// <summary>Files have any size and slow clients any time.</summary>
    private static void LiftHostLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }
}
