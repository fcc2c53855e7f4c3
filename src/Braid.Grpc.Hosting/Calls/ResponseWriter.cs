using Braid.Grpc.Framing;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Braid.Grpc.Hosting.Calls;

/// <summary>The messages a server sends; each is on its way when its write returns.</summary>
public sealed class ResponseWriter<T>
    where T : class, IMessage<T>
{
    private readonly HttpContext http;
    private readonly bool gzip;

    internal ResponseWriter(HttpContext http)
    {
        this.http = http;
        gzip = Encodings.IsGzip(http.Request);
    }

    /// <summary>Sends one message and waits while the client is slower than the server.</summary>
    public async Task WriteAsync(T message, CancellationToken ct)
    {
        FrameWriter.Write(http.Response.BodyWriter, message, gzip);
        await http.Response.BodyWriter.FlushAsync(ct);
    }

    /// <summary>Sends a sequence; messages that are ready leave together, none waits for the next.</summary>
    public Task WriteAllAsync(IAsyncEnumerable<T> messages, CancellationToken ct) =>
        MessageBatches.WriteAsync(http.Response.BodyWriter, messages, gzip, ct);
}
