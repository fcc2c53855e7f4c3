using Braid.Grpc.Framing.Hot;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Grpc.Framing;

/// <summary>Splits the messages of a stream of bytes.</summary>
public sealed class BytesSplitter : IMessageSplitter<BytesValue>
{
    private static readonly BytesValue none = new();

    private BytesSplitter() { }

    public static BytesSplitter Instance { get; } = new();

    public bool TryReadHead(ReadOnlySpan<byte> start, int length, out int headLength, out BytesValue? head)
    {
        var rest = start;
        var isSplit =
            FieldHeader.TryRead(ref rest, out var value)
            && value.Number == BytesValue.ValueFieldNumber
            && start.Length - rest.Length + value.Length == length;
        (headLength, head) = isSplit ? (length - value.Length, none) : (0, null);
        return isSplit;
    }

    public BytesValue WithBytes(BytesValue head, ReadOnlyMemory<byte> bytes) =>
        new() { Value = UnsafeByteOperations.UnsafeWrap(bytes) };
}
