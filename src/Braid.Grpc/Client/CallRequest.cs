using System.Net;
using System.Net.Http.Headers;
using Braid.Grpc.Deadlines;

namespace Braid.Grpc.Client;

/// <summary>The HTTP/2 request that carries a call.</summary>
internal static class CallRequest
{
    private static readonly MediaTypeHeaderValue grpc = new("application/grpc");

    public static HttpRequestMessage Make(Uri uri, HttpContent content, CallOptions options)
    {
        content.Headers.ContentType = grpc;
        var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("user-agent", "braid-grpc");
        request.Headers.TryAddWithoutValidation("grpc-accept-encoding", "identity,gzip");
        AddOptions(request.Headers, options);
        return request;
    }

    private static void AddOptions(HttpRequestHeaders headers, CallOptions options)
    {
        if (options.UseGzip)
        {
            headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        }

        if (options.Timeout is { } timeout)
        {
            headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Format(timeout));
        }

        foreach (var (key, value) in options.Metadata)
        {
            headers.TryAddWithoutValidation(key, value);
        }
    }
}
