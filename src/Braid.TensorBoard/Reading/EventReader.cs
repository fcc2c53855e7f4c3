using Braid.TensorBoard.Decoding;
using Braid.TensorBoard.Hot;

namespace Braid.TensorBoard.Reading;

/// <summary>Why an <see cref="EventReader"/> reads no further.</summary>
public enum EndState
{
    /// <summary>All records are whole: more may come.</summary>
    Clean,

    /// <summary>The last record is not all there: the rest may come.</summary>
    Incomplete,

    /// <summary>Zeros where the next record should be: it may be written over them, if the file is still written at all.</summary>
    Zeros,

    /// <summary>The length of a record is damaged: what follows cannot be told apart.</summary>
    Dead,
}

/// <summary>
/// Reads the events of a file from some record on: 1 take whole records from the bytes at hand, simple ones as columns,
/// others as objects; 2 read more bytes; until the batch is full or the stream ends.
/// </summary>
/// <param name="stream">The file's bytes from <paramref name="offset"/> on; not disposed of.</param>
/// <param name="offset">Where a record begins.</param>
/// <param name="tags">Of the run that the file belongs to.</param>
/// <param name="longest">A longer record is skipped and counted instead of being held in memory.</param>
public sealed class EventReader(Stream stream, long offset, TagTable tags, int longest = EventReader.LongestHeld)
    : IDisposable
{
    /// <summary>The longest record that is held in memory unless said otherwise.</summary>
    public const int LongestHeld = 64 << 20;

    private const int bufferLength = 1 << 18;
    private readonly RecordBuffer buffer = new(bufferLength);
    private long toSkip;
    private long skipped;
    private bool isDead;

    /// <summary>Where the first record begins that is not read yet.</summary>
    public long NextOffset { get; private set; } = offset;

    /// <summary>How many records were read, damaged ones included.</summary>
    public long Records { get; private set; }

    /// <summary>How many records were damaged and skipped.</summary>
    public long Damaged { get; private set; }

    /// <summary>How many records were too long and skipped.</summary>
    public long TooLong { get; private set; }

    /// <summary>How the bytes that were read so far end.</summary>
    public EndState End { get; private set; }

    /// <summary>Adds events until the batch is full or the stream ends; false when it ended and none was added.</summary>
    public async ValueTask<bool> ReadAsync(EventBatch batch, CancellationToken ct)
    {
        do
        {
            // 1
            Parse(batch);
        } while (!batch.IsFull && !isDead && await buffer.FillAsync(stream, ct) > 0); // 2
        return !batch.IsEmpty;
    }

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();

    private void Parse(EventBatch batch)
    {
        while (!batch.IsFull && TrySkip())
        {
            var bytes = buffer.Filled;
            if (bytes.IsEmpty)
            {
                End = EndState.Clean;
                return;
            }

            switch (RecordFrame.Read(bytes, out var length))
            {
                case FrameState.Whole:
                    Take(bytes.Slice(RecordFrame.HeaderLength, length), batch);
                    break;
                case FrameState.BadData:
                    Damaged++;
                    Consume(length);
                    break;
                case FrameState.Incomplete when length > longest:
                    toSkip = RecordFrame.Overhead + length;
                    break;
                case FrameState.Incomplete:
                    buffer.Reserve(RecordFrame.Overhead + length);
                    End = EndState.Incomplete;
                    return;
                case FrameState.Zeros:
                    End = EndState.Zeros;
                    isDead = true;
                    return;
                default:
                    End = EndState.Dead;
                    isDead = true;
                    return;
            }
        }
    }

    private void Take(ReadOnlySpan<byte> payload, EventBatch batch)
    {
        if (!ScalarEvent.TryRead(payload, tags, batch.Scalars) && !EventDecoder.TryDecode(payload, tags, batch))
        {
            Damaged++;
        }

        Consume(payload.Length);
    }

    private void Consume(int length)
    {
        buffer.Consume(RecordFrame.Overhead + length);
        NextOffset += RecordFrame.Overhead + length;
        Records++;
    }

    /// <summary>False while bytes of a record that is too long are still to come; only when all came, the record counts.</summary>
    private bool TrySkip()
    {
        if (toSkip == 0)
        {
            return true;
        }

        var length = (int)Math.Min(toSkip, buffer.Filled.Length);
        buffer.Consume(length);
        toSkip -= length;
        skipped += length;
        if (toSkip > 0)
        {
            End = EndState.Incomplete;
            return false;
        }

        NextOffset += skipped;
        skipped = 0;
        Records++;
        TooLong++;
        return true;
    }
}
