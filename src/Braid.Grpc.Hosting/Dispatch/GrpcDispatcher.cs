using System.Collections.Frozen;
using Braid.Grpc.Deadlines;
using Braid.Grpc.Hosting.Calls;
using Braid.Grpc.Statuses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Braid.Grpc.Hosting.Dispatch;

/// <summary>
/// Answers HTTP/2 requests as gRPC calls:
/// <list type="number">
/// <item>refuse what is not gRPC, or compressed in a way nobody here reads;</item>
/// <item>find the handler by its path;</item>
/// <item>run it under the caller's deadline, the connection's life and the server's;</item>
/// <item>end the call with a status, in the trailers, or in the headers when nothing else was sent.</item>
/// </list>
/// </summary>
/// <param name="stopping">Cancelled when the server shuts down: calls that never end by themselves end then.</param>
/// <param name="explain">What to tell the caller about something thrown; null: that the log says more.</param>
public sealed partial class GrpcDispatcher(
    GrpcMethodTable table,
    TimeProvider clock,
    ILogger<GrpcDispatcher> log,
    CancellationToken stopping,
    Func<Exception, GrpcStatus?>? explain = null
)
{
    private readonly FrozenDictionary<string, CallHandler> handlers = table.Freeze();

    /// <summary>Answers one request; its signature is a request delegate's.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        // (1)
        if (!IsCall(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        Prepare(http);
        var status = Encodings.IsKnown(http.Request) ? await FindAndRunAsync(http) : UnknownEncoding(http);
        // (4)
        await CallEnding.WriteAsync(http, status);
    }

    private static bool IsCall(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && HttpProtocol.IsHttp2(request.Protocol)
        && request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true
        && !request.ContentType.StartsWith("application/grpc-web", StringComparison.OrdinalIgnoreCase);

    /// <summary>A call may be as long and as slow as its messages: the limits of web requests do not hold for it.</summary>
    private static void Prepare(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-accept-encoding"] = Encodings.Accepted;
        if (Encodings.IsGzip(http.Request))
        {
            http.Response.Headers["grpc-encoding"] = "gzip";
        }
    }

    private async Task<GrpcStatus> FindAndRunAsync(HttpContext http) =>
        // (2)
        handlers.TryGetValue(http.Request.Path.Value ?? "", out var handler)
            ? await RunAsync(http, handler)
            : UnknownMethod(http);

    private async Task<GrpcStatus> RunAsync(HttpContext http, CallHandler handler)
    {
        // (3)
        using var deadline = GrpcTimeout.TryParse(http.Request.Headers["grpc-timeout"], out var left)
            ? new CancellationTokenSource(left, clock)
            : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted, stopping);
        try
        {
            return await handler(http, new(http), stop.Token);
        }
        catch (GrpcException refusal)
        {
            return refusal.Status;
        }
        catch (Exception error) when (WhyItStopped(http, deadline.Token) is { } reason && IsStop(error))
        {
            return reason;
        }
        catch (Exception error)
        {
            UnexpectedFailure(log, http.Request.Path.Value ?? "", http.TraceIdentifier, error);
            return explain?.Invoke(error)
                ?? new(
                    GrpcCode.Internal,
                    $"the server failed unexpectedly; its log says why under request {http.TraceIdentifier}"
                );
        }
    }

    private static bool IsStop(Exception error) => error is OperationCanceledException or IOException;

    private GrpcStatus? WhyItStopped(HttpContext http, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
        {
            return new(GrpcCode.DeadlineExceeded, "the call took longer than its deadline");
        }

        if (http.RequestAborted.IsCancellationRequested)
        {
            return new(GrpcCode.Cancelled, "the client cancelled the call");
        }

        return stopping.IsCancellationRequested
            ? new(GrpcCode.Unavailable, "the server is shutting down; call again when it is back")
            : null;
    }

    private static GrpcStatus UnknownEncoding(HttpContext http) =>
        new(
            GrpcCode.Unimplemented,
            $"messages compressed with {Encodings.Of(http.Request)} cannot be read; use one of {Encodings.Accepted}"
        );

    private static GrpcStatus UnknownMethod(HttpContext http) =>
        new(GrpcCode.Unimplemented, $"this server has no method {http.Request.Path.Value?.TrimStart('/')}");

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed unexpectedly (request {RequestId})")]
    private static partial void UnexpectedFailure(ILogger log, string method, string requestId, Exception error);
}
