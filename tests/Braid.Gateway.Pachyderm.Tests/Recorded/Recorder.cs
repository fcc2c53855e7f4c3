using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Braid.Gateway.Pachyderm.Tests.Recorded;

/// <summary>Keeps a copy of what passes through a server.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentQueue<RecordedCall> calls = new();

    public IReadOnlyCollection<RecordedCall> Calls => calls;

    public async Task RecordAsync(HttpContext http, RequestDelegate next)
    {
        using var request = new CopyingStream(http.Request.Body);
        var response = new CopyingBody(http.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        http.Request.Body = request;
        http.Features.Set<IHttpResponseBodyFeature>(response);

        await next(http);

        var trailers = http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var end = http.Response.Headers.ContainsKey("grpc-status") ? http.Response.Headers : trailers;
        calls.Enqueue(
            new()
            {
                Path = http.Request.Path.Value ?? "",
                Transaction = http.Request.Headers["pach-transaction"].SingleOrDefault(id => id is { Length: > 0 }),
                Request = request.Copy,
                Response = response.Copy,
                Status = int.TryParse(
                    end?["grpc-status"],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var code
                )
                    ? code
                    : -1,
                Message = end?["grpc-message"].ToString() ?? "",
            }
        );
    }
}
