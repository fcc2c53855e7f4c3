namespace Braid.Grpc.Framing;

/// <summary>
/// Splits a large message that ends in a field of bytes into smaller ones which, one after the other, mean the same. The
/// reader then hands the bytes on as they arrive, where they lie, and nobody holds the whole message.
/// </summary>
public interface IMessageSplitter<T>
    where T : class
{
    /// <summary>Reads the fields before the bytes; false when the message has another shape, and is to be read as a whole.</summary>
    /// <param name="start">The first bytes of the message, as many as <see cref="MessageLimits.LongestHead"/> or all.</param>
    /// <param name="length">Bytes of the whole message.</param>
    /// <param name="headLength">Where in the message the bytes begin, which reach to its end.</param>
    bool TryReadHead(ReadOnlySpan<byte> start, int length, out int headLength, out T? head);

    /// <summary>A message with the fields of the head and some of the bytes, which it may use until the next one is asked for.</summary>
    T WithBytes(T head, ReadOnlyMemory<byte> bytes);
}
