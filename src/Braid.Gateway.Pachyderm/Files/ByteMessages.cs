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
    private const int longestMessage = 1024 * 1024;

    private static readonly PipeOptions options = new(
        pauseWriterThreshold: 4 * longestMessage,
        resumeWriterThreshold: 2 * longestMessage,
        minimumSegmentSize: 64 * 1024,
        useSynchronizationContext: false
    );

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
            while (await NextAsync(pipe.Reader, stop.Token) is { IsEmpty: false } bytes)
            {
                yield return new() { Value = Wrap(bytes) };
                pipe.Reader.AdvanceTo(bytes.End);
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

    private static async Task<ReadOnlySequence<byte>> NextAsync(PipeReader from, CancellationToken ct)
    {
        var buffer = (await from.ReadAsync(ct)).Buffer;
        return buffer.Length > longestMessage ? buffer.Slice(0, longestMessage) : buffer;
    }

    private static ByteString Wrap(ReadOnlySequence<byte> bytes) =>
        UnsafeByteOperations.UnsafeWrap(bytes.IsSingleSegment ? bytes.First : bytes.ToArray());
}
