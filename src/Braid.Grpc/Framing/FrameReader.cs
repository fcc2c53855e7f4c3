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
/// <param name="splitter">Takes large messages apart; their bytes are valid until the next message is read.</param>
public sealed class FrameReader<T>(
    PipeReader pipe,
    MessageParser<T> parser,
    bool isGzip,
    IMessageSplitter<T>? splitter = null
)
    where T : class, IMessage<T>
{
    private T? head;
    private long bytesLeft;
    private SequencePosition? lent;

    /// <summary>The next message, or null when the sender is done.</summary>
    /// <exception cref="GrpcException">The message is too large, cut short, or not a message.</exception>
    public async ValueTask<T?> ReadAsync(CancellationToken ct)
    {
        if (lent is { } end)
        {
            lent = null;
            pipe.AdvanceTo(end);
        }

        while (true)
        {
            var read = await pipe.ReadAsync(ct);
            var rest = read.Buffer;
            if (TryTake(ref rest, out var message))
            {
                return message;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                return rest.IsEmpty && bytesLeft == 0 ? null : throw Refusals.CutShort();
            }
        }
    }

    // What is left of the buffer is what is not consumed; of a message that was taken, the pipe has been told already.
    private bool TryTake(ref ReadOnlySequence<byte> buffer, out T? message)
    {
        message = null;
        if (bytesLeft == 0)
        {
            if (!TryCut(buffer, out var isCompressed, out var length))
            {
                return false;
            }

            var body = buffer.Slice(MessageLimits.PrefixBytes);
            if (isCompressed || length < MessageLimits.SplitFrom || !TrySplit(ref buffer, body, (int)length))
            {
                return TryTakeWhole(body, isCompressed, length, out message);
            }
        }

        return TryTakePiece(buffer, out message);
    }

    private bool TryTakeWhole(ReadOnlySequence<byte> rest, bool isCompressed, long length, out T? message)
    {
        message = null;
        if (rest.Length < length)
        {
            return false;
        }

        var body = rest.Slice(0, length);
        message = Parse(isCompressed, body);
        pipe.AdvanceTo(body.End);
        return true;
    }

    // Takes the head off the buffer when the message can be split.
    private bool TrySplit(ref ReadOnlySequence<byte> buffer, ReadOnlySequence<byte> body, int length)
    {
        var headMost = Math.Min(length, MessageLimits.LongestHead);
        if (splitter is null || body.Length < headMost)
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[MessageLimits.LongestHead];
        scoped var start = body.FirstSpan;
        if (start.Length < headMost)
        {
            body.Slice(0, headMost).CopyTo(copy);
            start = copy;
        }

        if (!splitter.TryReadHead(start[..headMost], length, out var headLength, out head))
        {
            return false;
        }

        bytesLeft = length - headLength;
        buffer = body.Slice(headLength);
        return true;
    }

    private bool TryTakePiece(ReadOnlySequence<byte> buffer, out T? message)
    {
        message = null;
        if (buffer.IsEmpty || head is null || splitter is null)
        {
            return false;
        }

        // A sequence that was cut may begin with an empty segment.
        var position = buffer.Start;
        var piece = ReadOnlyMemory<byte>.Empty;
        while (piece.IsEmpty && buffer.TryGet(ref position, out piece)) { }

        var count = (int)Math.Min(piece.Length, bytesLeft);
        bytesLeft -= count;
        lent = buffer.GetPosition(count);
        message = splitter.WithBytes(head, piece[..count]);
        return true;
    }

    private static bool TryCut(ReadOnlySequence<byte> buffer, out bool isCompressed, out long length)
    {
        (isCompressed, length) = (false, 0);
        if (buffer.Length < MessageLimits.PrefixBytes)
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[MessageLimits.PrefixBytes];
        buffer.Slice(0, MessageLimits.PrefixBytes).CopyTo(prefix);
        length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
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
