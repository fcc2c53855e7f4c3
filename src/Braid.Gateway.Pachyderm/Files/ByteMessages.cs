using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>
/// Cuts what a writer produces into messages of bytes, while it is produced. The writer runs at most a few MiB ahead of the
/// client, so that a file of any size takes the same memory.
/// </summary>
internal static class ByteMessages
{
    private const int longestMessage = 256 * 1024;

    private static readonly PipeOptions options = new(
        pauseWriterThreshold: 8 * longestMessage,
        resumeWriterThreshold: 4 * longestMessage,
        minimumSegmentSize: longestMessage,
        useSynchronizationContext: false
    );

    /// <summary>One message a piece.</summary>
    public static IAsyncEnumerable<BytesValue> Of(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces) =>
        pieces.Select(piece => new BytesValue { Value = UnsafeByteOperations.UnsafeWrap(piece) });

    /// <summary>A message's bytes are valid until the next one is asked for.</summary>
    public static async IAsyncEnumerable<BytesValue> FromAsync(
        Func<PipeWriter, CancellationToken, Task> write,
        [EnumeratorCancellation] CancellationToken ct = default
    )
    {
        var pipe = new Pipe(options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var writing = FillAsync(pipe.Writer, write, stop.Token);
        try
        {
            while (await pipe.Reader.ReadAsync(stop.Token) is { Buffer: { IsEmpty: false } buffer })
            {
                var bytes = FirstSegment(buffer);
                yield return new() { Value = UnsafeByteOperations.UnsafeWrap(bytes) };
                pipe.Reader.AdvanceTo(buffer.GetPosition(bytes.Length));
            }
        }
        finally
        {
            // A client that leaves early ends the writer too.
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    // The pipe's segments are as long as a message may be: what lies in one needs no copy.
    private static ReadOnlyMemory<byte> FirstSegment(ReadOnlySequence<byte> buffer)
    {
        var (position, segment) = (buffer.Start, ReadOnlyMemory<byte>.Empty);
        while (segment.IsEmpty && buffer.TryGet(ref position, out segment)) { }

        return segment;
    }

    private static async Task FillAsync(
        PipeWriter to,
        Func<PipeWriter, CancellationToken, Task> write,
        CancellationToken ct
    )
    {
        try
        {
            await write(to, ct);
            await to.CompleteAsync();
        }
        catch (Exception error)
        {
            // The reader throws it where the messages are taken.
            await to.CompleteAsync(error);
        }
    }
}
