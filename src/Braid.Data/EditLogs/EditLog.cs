using Braid.Data.Content;
using Braid.Storage;

namespace Braid.Data.EditLogs;

/// <summary>
/// Edits in the order they were asked for, of any number: the last few MiB are held in memory, what came before in a scratch
/// file. Written by one thread, then read, as often as needed.
/// </summary>
internal sealed class EditLog(ContentStore store) : IDisposable
{
    private const int mostInMemory = 4 * 1024 * 1024;

    private byte[] tail = [];
    private int tailLength;
    private Stream? spilled;

    /// <summary>Edits in it.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of memory that it takes.</summary>
    public int Held => tail.Length;

    public async ValueTask AddAsync(FileEdit edit, CancellationToken ct)
    {
        var length = EditRecord.LengthOf(edit);
        if (tailLength > 0 && tailLength + length > mostInMemory)
        {
            await SpillAsync(ct);
        }

        EditRecord.Write(Reserve(length), edit);
        Count++;
    }

    /// <summary>The edits from the first on.</summary>
    public async IAsyncEnumerable<FileEdit> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default
    )
    {
        await foreach (var edit in EditReader.ReadAsync(await OpenReadAsync(ct), ct))
        {
            yield return edit;
        }
    }

    /// <summary>The log's bytes, from the first on; the stream is the log's own and is not disposed of by the caller.</summary>
    public async ValueTask<Stream> OpenReadAsync(CancellationToken ct)
    {
        if (spilled is null)
        {
            return new MemoryStream(tail, 0, tailLength, writable: false);
        }

        await SpillAsync(ct);
        spilled.Position = 0;
        return spilled;
    }

    public void Dispose() => spilled?.Dispose();

    private async ValueTask SpillAsync(CancellationToken ct)
    {
        spilled ??= store.OpenScratch();
        spilled.Position = spilled.Length;
        await spilled.WriteAsync(tail.AsMemory(0, tailLength), ct);
        tailLength = 0;
    }

    private Span<byte> Reserve(int length)
    {
        var needed = tailLength + length;
        if (needed > tail.Length)
        {
            Array.Resize(ref tail, Math.Clamp(tail.Length * 2, needed, Math.Max(needed, mostInMemory)));
        }

        var reserved = tail.AsSpan(tailLength, length);
        tailLength = needed;
        return reserved;
    }
}
