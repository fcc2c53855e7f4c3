using System.Buffers;
using System.Net;
using Braid.Grpc.Framing;
using Google.Protobuf;

namespace Braid.Grpc.Client;

/// <summary>A request body of one message.</summary>
internal sealed class SingleMessage : HttpContent
{
    private readonly ArrayBufferWriter<byte> frame = new();

    public SingleMessage(IMessage message, bool gzip) => FrameWriter.Write(frame, message, gzip);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken ct) =>
        stream.WriteAsync(frame.WrittenMemory, ct).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = frame.WrittenCount;
        return true;
    }
}
