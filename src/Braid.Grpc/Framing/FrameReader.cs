using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Braid.Grpc.Statuses;
using Google.Protobuf;

namespace Braid.Grpc.Framing;

/// <summary>
/// Reads length-prefixed messages from a pipe. A message is refused by its announced length, before its bytes are buffered,
/// and parsed where it lies.
/// </summary>
/// <param name="isGzip">True when the sender announced <c>grpc-encoding: gzip</c>.</param>
public sealed class FrameReader<T>(PipeReader pipe, MessageParser<T> parser, bool isGzip)
    where T : class, IMessage<T>
{
    /// <summary>The next message, or null when the sender is done.</summary>
    /// <exception cref="GrpcException">The message is too large, cut short, or not a message.</exception>
    public async ValueTask<T?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(ct);
            if (TryCut(read.Buffer, out var isCompressed, out var body))
            {
                var message = Parse(isCompressed, body);
                pipe.AdvanceTo(body.End);
                return message;
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return read.Buffer.IsEmpty ? null : throw Refusals.CutShort();
            }
        }
    }

    private static bool TryCut(ReadOnlySequence<byte> buffer, out bool isCompressed, out ReadOnlySequence<byte> body)
    {
        isCompressed = false;
        body = default;
        if (buffer.Length < MessageLimits.PrefixBytes)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[MessageLimits.PrefixBytes];
        buffer.Slice(0, MessageLimits.PrefixBytes).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > MessageLimits.MaxMessageBytes)
        {
            throw Refusals.TooLarge(length);
        }

        isCompressed = prefix[0] switch
        {
            0 => false,
            1 => true,
            var flag => throw Refusals.UnknownFlag(flag),
        };
        if (buffer.Length < MessageLimits.PrefixBytes + length)
        {
            return false;
        }

        body = buffer.Slice(MessageLimits.PrefixBytes, length);
        return true;
    }

    private T Parse(bool isCompressed, ReadOnlySequence<byte> body)
    {
        if (isCompressed)
        {
            body = isGzip ? Gzip.Decompress(body) : throw Refusals.NoEncoding();
        }

        try
        {
            return parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw Refusals.NotAMessage(typeof(T).Name, error);
        }
    }
}
