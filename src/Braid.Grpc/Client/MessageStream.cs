using System.Net;
using Braid.Grpc.Framing;
using Google.Protobuf;

namespace Braid.Grpc.Client;

/// <summary>A request body that is written while its messages come; what is ready at once is sent together.</summary>
internal sealed class MessageStream<T>(IAsyncEnumerable<T> messages, bool gzip, CancellationToken call) : HttpContent
    where T : class, IMessage<T>
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, call);

        // The headers go out before the first message exists: the server may have something to say first.
        await stream.FlushAsync(either.Token);
        using var output = new BlockWriter(stream);
        await MessageBatches.WriteAsync(output, messages, gzip, either.Token);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
