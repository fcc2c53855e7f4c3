using Braid.Data;
using Braid.Gateway.S3.Answers;
using Braid.Gateway.S3.Buckets;
using Braid.Gateway.S3.Signing;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.S3.Requests;

/// <summary>
/// Serves a call: 1 read what is asked from the raw request line; 2 find out who asks, and unwrap the body; 3 choose the
/// operation; 4 answer, a refusal in the protocol's form.
/// </summary>
internal sealed partial class Dispatcher(
    VersionedData data,
    BucketSpace space,
    RequestVerifier verifier,
    ILogger logger
)
{
    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            if (await ServeCheckedAsync(http) is { } error)
            {
                await Answer.ErrorAsync(http, error);
            }
        }
        catch (BadBodyException bad)
        {
            await Answer.ErrorAsync(http, bad.Error);
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            Failed(http.Request.Method, http.Request.Path, failure);
            await Answer.ErrorAsync(http, Fault.Of(failure) is { } fault ? S3Error.Of(fault) : S3Error.Internal);
        }
    }

    private async Task<S3Error?> ServeCheckedAsync(HttpContext http)
    {
        // 1
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        http.Response.Headers["x-amz-request-id"] = http.TraceIdentifier;
        var raw = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var target = S3Target.Parse(string.IsNullOrEmpty(raw) ? $"{http.Request.Path}{http.Request.QueryString}" : raw);

        // 2
        var verdict = await verifier.VerifyAsync(http.Request, target, http.RequestAborted);
        if (verdict.Error is not null || verdict.Caller is null)
        {
            return verdict.Error ?? S3Error.Internal;
        }

        // 3 and 4
        return await ServeAsync(new S3Request(http, target, verdict.Caller, data, verdict.Body, http.RequestAborted));
    }

    private Task<S3Error?> ServeAsync(S3Request request)
    {
        if (request.Target.Bucket.Length > 0)
        {
            return space.ServeAsync(request);
        }

        return HttpMethods.IsGet(request.Http.Request.Method)
            ? space.ListAsync(request)
            : Task.FromResult<S3Error?>(S3Error.MethodNotAllowed);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void Failed(string method, string path, Exception failure);
}
