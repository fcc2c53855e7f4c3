using System.Globalization;
using Braid.Client.Records;
using Microsoft.Win32.SafeHandles;

namespace Braid.Client.Spooling;

/// <summary>A place in a spool: a byte of a segment, and how many records are before it.</summary>
internal readonly record struct SpoolPosition(int Segment, long Offset, long Records);

/// <summary>
/// A run's records on the local disk: one writer, and one reader per backend, each at its own place. It is cut into segments, so
/// that what every backend has goes while the run goes on. Nothing is synced: it outlives the program, not the machine.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int segmentBytes = 16 << 20;
    private const string extension = ".records";

    private readonly object gate = new();
    private readonly RecordWriter encoder = new();
    private readonly Dictionary<object, int> readers = [];
    private SafeFileHandle? segment;
    private SpoolPosition end;
    private int first;
    private bool isClosed;
    private TaskCompletionSource changed = NewChange();

    private Spool(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>An earlier process wrote it.</summary>
    public bool IsLeft { get; private init; }

    /// <summary>How many records it has had.</summary>
    public long Records => End.Records;

    /// <summary>Where the next record goes.</summary>
    public SpoolPosition End
    {
        get
        {
            lock (gate)
            {
                return end;
            }
        }
    }

    /// <summary>Nothing more will be written.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate)
            {
                return isClosed;
            }
        }
    }

    /// <summary>A new one in a folder that exists.</summary>
    public static Spool Create(string folder) => new(folder) { end = new(1, 0, 0), first = 1 };

    /// <summary>One that an earlier process left: only to be read. How many records it has is found by reading.</summary>
    public static Spool Open(string folder)
    {
        var numbers = Directory
            .EnumerateFiles(folder, "*" + extension)
            .Select(path => int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture))
            .Order()
            .ToList();
        var spool = new Spool(folder)
        {
            IsLeft = true,
            isClosed = true,
            first = numbers.Count > 0 ? numbers[0] : 1,
        };
        var last = numbers.Count > 0 ? numbers[^1] : 1;
        var length = numbers.Count > 0 ? new FileInfo(spool.PathOf(last)).Length : 0;
        spool.end = new(last, length, 0);
        return spool;
    }

    public string PathOf(int number) => Path.Combine(Folder, $"{number:D8}{extension}");

    /// <summary>Appends records and lets the readers see them.</summary>
    /// <exception cref="IOException">The disk took none or only some; those it took stay.</exception>
    public void Append(ReadOnlySpan<LogRecord> records)
    {
        try
        {
            Write(records);
        }
        finally
        {
            encoder.Clear(); // half a record must not go before the next
        }
    }

    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            segment?.Dispose();
            segment = null;
            Announce();
        }
    }

    /// <summary>Completes when the spool has grown beyond a place, or is closed.</summary>
    public Task GrownAsync(SpoolPosition beyond)
    {
        lock (gate)
        {
            return isClosed || (end.Segment, end.Offset) != (beyond.Segment, beyond.Offset)
                ? Task.CompletedTask
                : changed.Task;
        }
    }

    /// <summary>A reader needs no segment before this one: those that no reader needs are removed.</summary>
    public void Needs(object reader, int number)
    {
        lock (gate)
        {
            readers[reader] = number;
            for (var needed = Math.Min(readers.Values.Min(), end.Segment); first < needed; first++)
            {
                File.Delete(PathOf(first));
            }
        }
    }

    /// <summary>How much is on the disk.</summary>
    public long Bytes()
    {
        lock (gate)
        {
            return ((long)(end.Segment - first) * segmentBytes) + end.Offset;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            segment?.Dispose();
        }
    }

    private void Write(ReadOnlySpan<LogRecord> records)
    {
        const int flushBytes = 1 << 18;
        var pending = 0;
        foreach (ref readonly var record in records)
        {
            encoder.Write(record);
            pending++;
            if (encoder.Written.Length >= flushBytes)
            {
                Flush(pending);
                pending = 0;
            }
        }

        if (pending > 0)
        {
            Flush(pending);
        }
    }

    private void Flush(int records)
    {
        lock (gate)
        {
            segment ??= File.OpenHandle(PathOf(end.Segment), FileMode.Create, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(segment, encoder.Written, end.Offset);
            end = new(end.Segment, end.Offset + encoder.Written.Length, end.Records + records);
            RollWhenFull();
            Announce();
        }

        encoder.Clear();
    }

    private void RollWhenFull()
    {
        if (end.Offset >= segmentBytes)
        {
            segment?.Dispose();
            segment = null;
            end = new(end.Segment + 1, 0, end.Records);
        }
    }

    private void Announce()
    {
        var before = changed;
        changed = NewChange();
        before.SetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
