using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Braid.Grpc.Framing;

/// <summary>Writes messages with their five-byte prefix straight into an output buffer.</summary>
public static class FrameWriter
{
    /// <exception cref="Statuses.GrpcException">The message is larger than the limit.</exception>
    public static void Write(IBufferWriter<byte> output, IMessage message, bool gzip)
    {
        var size = message.CalculateSize();
        if (size > MessageLimits.MaxMessageBytes)
        {
            throw Refusals.TooLarge(size);
        }

        if (gzip)
        {
            var packed = Gzip.Compress(message);
            WritePrefix(output, 1, packed.Length);
            output.Write(packed);
        }
        else
        {
            WritePrefix(output, 0, size);
            message.WriteTo(output);
        }
    }

    private static void WritePrefix(IBufferWriter<byte> output, byte flag, int length)
    {
        var prefix = output.GetSpan(MessageLimits.PrefixBytes);
        prefix[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
        output.Advance(MessageLimits.PrefixBytes);
    }
}
