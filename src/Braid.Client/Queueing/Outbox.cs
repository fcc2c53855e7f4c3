using Braid.Client.Records;

namespace Braid.Client.Queueing;

/// <summary>
/// The bounded queue between the training's threads and the one that writes the spool. Two arrays change places: one is filled
/// under a short lock, the other is written without one, so that a point costs no allocation and the writer never makes
/// anybody wait. A full queue makes the caller wait for the local disk, never for a server; a disk that stands still for
/// <c>patience</c> costs records, which are counted.
/// </summary>
internal sealed class Outbox(int capacity, long byteCapacity, TimeSpan patience)
{
    // Lets more gather, so that a slow trickle of points does not wake the writer for each.
    private static readonly TimeSpan linger = TimeSpan.FromMilliseconds(10);

    private readonly object gate = new();
    private LogRecord[] filling = new LogRecord[capacity];
    private LogRecord[] writing = new LogRecord[capacity];
    private List<TaskCompletionSource<long>> flushes = [];
    private int count;
    private long bytes;
    private long refused;
    private bool hasPayloads;
    private bool isClosed;
    private bool isOver;
    private bool isStuck;

    /// <summary>How many records found no room, or came after the end.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <param name="record">What was logged.</param>
    /// <param name="size">How much memory its payload holds.</param>
    public void Add(in LogRecord record, long size = 0)
    {
        lock (gate)
        {
            if (isClosed || (IsFull && !WaitForRoom()))
            {
                refused++;
                return;
            }

            filling[count++] = record;
            bytes += size;
            hasPayloads |= record.Payload is not null;
            if (count == 1 || count == capacity / 2 || IsFull)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>
    /// Completes with the number of records in the spool once everything added so far is there; at once, with more than there are,
    /// when the last was written.
    /// </summary>
    public Task<long> FlushAsync()
    {
        var flush = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (isOver)
            {
                return Task.FromResult(long.MaxValue);
            }

            flushes.Add(flush);
            Monitor.PulseAll(gate);
        }

        return flush.Task;
    }

    /// <summary>The last record; what comes later is refused.</summary>
    public void Close(in LogRecord last)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return;
            }

            if (count == capacity)
            {
                Array.Resize(ref filling, capacity + 1);
            }

            filling[count++] = last;
            (isClosed, hasPayloads) = (true, true);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits for records and takes all; false after the last. What is taken is the caller's until the next call.</summary>
    public bool TryTake(out Taken taken)
    {
        lock (gate)
        {
            while (count == 0 && flushes.Count == 0 && !isClosed)
            {
                Monitor.Wait(gate);
            }

            if (count < capacity / 2 && flushes.Count == 0 && !isClosed)
            {
                Monitor.Wait(gate, linger);
            }

            taken = new(writing = Swap(), count, hasPayloads, flushes);
            isOver = isClosed && count == 0 && flushes.Count == 0;
            (count, bytes, flushes, hasPayloads, isStuck) = (0, 0, [], false, false);
            Monitor.PulseAll(gate);
            return !isOver;
        }
    }

    private bool IsFull => count >= capacity || bytes > byteCapacity;

    private LogRecord[] Swap()
    {
        var full = filling;
        filling = writing;
        return full;
    }

    private bool WaitForRoom()
    {
        while (IsFull && !isClosed)
        {
            if (isStuck || !Monitor.Wait(gate, patience))
            {
                isStuck = true;
                return false;
            }
        }

        return !isClosed;
    }
}

/// <summary>What the writer took, in its order, and who waits for it to be in the spool.</summary>
internal readonly struct Taken(
    LogRecord[] records,
    int count,
    bool hasPayloads,
    List<TaskCompletionSource<long>> flushes
)
{
    public ReadOnlySpan<LogRecord> Records => records.AsSpan(0, count);

    public void Complete(long spooled)
    {
        if (hasPayloads)
        {
            Array.Clear(records, 0, count); // they are not held any longer
        }

        foreach (var flush in flushes)
        {
            flush.SetResult(spooled);
        }
    }
}
