using Braid.Grpc.Framing;
using Braid.Grpc.Statuses;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Braid.Grpc.Hosting.Calls;

/// <summary>The messages a client sends, one after the other.</summary>
public sealed class RequestReader<T> : IAsyncEnumerable<T>
    where T : class, IMessage<T>
{
    private readonly FrameReader<T> frames;

    internal RequestReader(HttpContext http, MessageParser<T> parser, IMessageSplitter<T>? splitter = null) =>
        frames = new(http.Request.BodyReader, parser, Encodings.IsGzip(http.Request), splitter);

    /// <summary>The next message, or null when the client is done.</summary>
    /// <exception cref="GrpcException">The message is too large or malformed; the call ends with that status.</exception>
    public ValueTask<T?> ReadAsync(CancellationToken ct) => frames.ReadAsync(ct);

    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken ct = default)
    {
        while (await ReadAsync(ct) is { } message)
        {
            yield return message;
        }
    }

    internal async Task<T> ReadOnlyMessageAsync(CancellationToken ct) =>
        await ReadAsync(ct) ?? throw new GrpcException(GrpcCode.Internal, "the client sent no message");
}
