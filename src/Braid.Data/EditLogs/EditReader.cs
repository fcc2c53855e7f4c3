using System.Buffers;
using System.Runtime.CompilerServices;
using Braid.Data.Content;
using Braid.Storage;

namespace Braid.Data.EditLogs;

/// <summary>Reads the records of a log, one buffer at a time.</summary>
internal static class EditReader
{
    private const int bufferLength = 256 * 1024;

    /// <exception cref="CorruptionException">The bytes are no log.</exception>
    public static async IAsyncEnumerable<FileEdit> ReadAsync(
        Stream log,
        [EnumeratorCancellation] CancellationToken ct = default
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bufferLength);
        try
        {
            var (start, end) = (0, 0);
            while (await log.ReadAsync(buffer.AsMemory(end), ct) is var got and > 0)
            {
                end += got;
                while (EditRecord.TryRead(buffer.AsSpan(start, end - start), out var edit) is var length and > 0)
                {
                    start += length;
                    yield return edit!;
                }

                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            if (end > 0)
            {
                throw new CorruptionException("a log of edits is cut");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
