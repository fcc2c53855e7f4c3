using System.Buffers;

namespace Braid.TensorBoard.Reading;

/// <summary>Bytes that were read and not yet consumed; as long as the longest record that it had to hold.</summary>
internal sealed class RecordBuffer(int capacity) : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int start;
    private int end;

    public ReadOnlySpan<byte> Filled => bytes.AsSpan(start, end - start);

    /// <summary>Reads once; 0 at the stream's end.</summary>
    public async ValueTask<int> FillAsync(Stream stream, CancellationToken ct)
    {
        if (start > 0)
        {
            Filled.CopyTo(bytes);
            (start, end) = (0, end - start);
        }

        var read = await stream.ReadAsync(bytes.AsMemory(end), ct);
        end += read;
        return read;
    }

    public void Consume(int count) => start += count;

    /// <summary>Makes room for a record of so many bytes, frame included.</summary>
    public void Reserve(int length)
    {
        if (length > bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(length);
            Filled.CopyTo(larger);
            (start, end) = (0, end - start);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }
}
