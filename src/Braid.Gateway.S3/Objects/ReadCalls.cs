using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Requests;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Braid.Gateway.S3.Objects;

/// <summary>GetObject and HeadObject: 1 find the file; 2 hold it against the conditions; 3 its headers; 4 the range asked for.</summary>
internal static class ReadCalls
{
    private static readonly FileExtensionContentTypeProvider types = new();

    private static readonly (string Query, string Header)[] overrides =
    [
        ("response-content-type", "Content-Type"),
        ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"),
        ("response-content-language", "Content-Language"),
        ("response-cache-control", "Cache-Control"),
        ("response-expires", "Expires"),
    ];

    public static async Task<S3Error?> GetAsync(S3Request request, BucketName bucket)
    {
        // 1
        if (Version(request, bucket) is not { } spec)
        {
            return S3Error.NoSuchVersion;
        }

        var at = new FileAt(bucket.Branch.Repo, spec, ObjectPath.OfKey(request.Target.Key));
        var found = await request.Data.Files.InspectAsync(request.Caller, at, request.Aborted);
        if (!found.TryGet(out var file, out var error))
        {
            return S3Error.Of(error);
        }

        var opened = request.Data.Files.Open(request.Caller, file);
        if (request.Target.Key.EndsWith('/') || !opened.TryGet(out var content, out _))
        {
            return S3Error.NoSuchKey;
        }

        // 2
        var tag = Answer.ETag(file.Entry);
        if (Condition(request, tag, Answer.Modified(file.Commit)) is { } status)
        {
            return Refuse(request, status, tag);
        }

        // 3
        WriteHeaders(request, file, tag);
        return await SendAsync(request, content);
    }

    /// <summary>The commit to read; null when the version asked for is no commit's id.</summary>
    public static CommitSpec? Version(S3Request request, BucketName bucket) =>
        request.Query("versionId") is not { Length: > 0 } text ? bucket.Spec
        : CommitSetId.TryParse(text, out var id) ? CommitSpec.OfId(id)
        : null;

    /// <summary>The status to end with because of a condition; null to go on.</summary>
    private static int? Condition(S3Request request, string tag, DateTimeOffset modified)
    {
        var headers = request.Http.Request.GetTypedHeaders();
        if (headers.IfMatch is { Count: > 0 } match && !match.Any(m => m.Tag == "*" || m.Tag == tag))
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        if (headers.IfNoneMatch is { Count: > 0 } none)
        {
            return none.Any(m => m.Tag == "*" || m.Tag == tag) ? StatusCodes.Status304NotModified : null;
        }

        // The header has whole seconds only.
        return headers.IfModifiedSince is { } since && modified < since.AddSeconds(1)
            ? StatusCodes.Status304NotModified
            : null;
    }

    private static S3Error? Refuse(S3Request request, int status, string tag)
    {
        if (status != StatusCodes.Status304NotModified)
        {
            return S3Error.PreconditionFailed;
        }

        request.Http.Response.Headers.ETag = tag;
        Answer.Empty(request.Http, status);
        return null;
    }

    private static void WriteHeaders(S3Request request, FoundFile file, string tag)
    {
        var headers = request.Http.Response.Headers;
        headers.ETag = tag;
        headers.LastModified = Answer.Modified(file.Commit).ToString("R");
        headers.AcceptRanges = "bytes";
        headers["x-amz-version-id"] = $"{file.Commit.Name.Id}";
        headers.ContentType = types.TryGetContentType(file.Entry.Name, out var type)
            ? type
            : "application/octet-stream";
        foreach (var (query, header) in overrides)
        {
            if (request.Query(query) is { Length: > 0 } value)
            {
                headers[header] = value;
            }
        }
    }

    // 4
    private static async Task<S3Error?> SendAsync(S3Request request, OpenedFile file)
    {
        var response = request.Http.Response;
        var size = file.Entry.Size;
        var (offset, length) = (0L, size);
        if (request.Header("Range") is { } text && ByteRange.IsRange(text))
        {
            if (!ByteRange.TryResolve(text, size, out offset, out length))
            {
                response.Headers.ContentRange = $"bytes */{size}";
                return S3Error.InvalidRange;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {offset}-{offset + length - 1}/{size}";
        }

        response.ContentLength = length;
        if (HttpMethods.IsGet(request.Http.Request.Method))
        {
            await file.CopyToAsync(response.BodyWriter, offset, length, request.Aborted);
        }

        return null;
    }
}
