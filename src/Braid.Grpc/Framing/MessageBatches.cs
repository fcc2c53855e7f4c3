using System.IO.Pipelines;
using Google.Protobuf;

namespace Braid.Grpc.Framing;

/// <summary>Sends a sequence of messages: many small ones that are ready leave together, and none waits for the next.</summary>
public static class MessageBatches
{
    private const int batchBytes = 64 * 1024;

    public static async Task WriteAsync<T>(
        PipeWriter output,
        IAsyncEnumerable<T> messages,
        bool gzip,
        CancellationToken ct
    )
        where T : IMessage
    {
        await using var source = messages.GetAsyncEnumerator(ct);
        while (true)
        {
            var next = source.MoveNextAsync();
            if (output.UnflushedBytes > 0 && (!next.IsCompleted || output.UnflushedBytes >= batchBytes))
            {
                await output.FlushAsync(ct);
            }

            if (!await next)
            {
                break;
            }

            FrameWriter.Write(output, source.Current, gzip);
        }

        await output.FlushAsync(ct);
    }
}
