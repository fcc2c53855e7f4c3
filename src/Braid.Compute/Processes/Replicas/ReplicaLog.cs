using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Braid.Compute.Executors;
using Microsoft.Win32.SafeHandles;

namespace Braid.Compute.Processes.Replicas;

/// <summary>
/// The lines of a replica in a file: <c>TICKS o|e TEXT\n</c> each (ticks of 100 ns since year 1, UTC). A line is in the file
/// when <see cref="Append"/> returns, so it survives the agent, though not the machine.
/// </summary>
internal sealed class ReplicaLog : IDisposable
{
    private const int block = 128 * 1024;
    private const int stride = 1024 * 1024;

    private readonly SafeFileHandle file;
    private readonly Lock gate = new();

    /// <summary>Places to begin reading at: the number of lines before each, and its offset.</summary>
    private readonly List<(long Lines, long Offset)> marks = [(0, 0)];

    private TaskCompletionSource changed = NewChange();
    private long lines;
    private long length;
    private bool isComplete;

    private ReplicaLog(SafeFileHandle file) => this.file = file;

    public static ReplicaLog Create(string path) => new(Open(path, FileMode.Create, FileAccess.ReadWrite));

    /// <summary>The log of a replica that has ended; the last line does not count if its writer died in it.</summary>
    public static ReplicaLog Reopen(string path)
    {
        var log = new ReplicaLog(Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite)) { isComplete = true };
        log.length = log.EndOfLastLine();
        return log;
    }

    public void Append(DateTimeOffset time, OutputLine line)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Text.Length) + 32);
        var size = Encode(bytes, time, line);
        TaskCompletionSource done;
        lock (gate)
        {
            RandomAccess.Write(file, bytes.AsSpan(0, size), length);
            length += size;
            lines++;
            if (length - marks[^1].Offset >= stride)
            {
                marks.Add((lines, length));
            }

            done = changed;
            changed = NewChange();
        }

        done.SetResult();
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>There will be no more lines.</summary>
    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
            changed.SetResult();
        }
    }

    /// <inheritdoc cref="IExecutor.LogsAsync"/>
    public async IAsyncEnumerable<ReplicaLine> ReadAsync(
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (number, offset) = MarkBefore(after);
        while (true)
        {
            var (end, isLast, change) = Look();
            while (offset < end)
            {
                ct.ThrowIfCancellationRequested();
                var (read, next) = ReadBlock(offset, end);
                offset = next;
                foreach (var line in read)
                {
                    if (++number > after)
                    {
                        yield return line with
                        {
                            Number = number,
                        };
                    }
                }
            }

            if (isLast || !follow)
            {
                yield break;
            }

            await change.WaitAsync(ct);
        }
    }

    public void Dispose() => file.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode, FileAccess access) =>
        File.OpenHandle(path, mode, access, FileShare.Read);

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static int Encode(byte[] into, DateTimeOffset time, OutputLine line)
    {
        time.UtcTicks.TryFormat(into, out var at, provider: CultureInfo.InvariantCulture);
        into[at++] = (byte)' ';
        into[at++] = line.IsError ? (byte)'e' : (byte)'o';
        into[at++] = (byte)' ';
        at += Encoding.UTF8.GetBytes(line.Text, into.AsSpan(at));
        into[at++] = (byte)'\n';
        return at;
    }

    private (long Lines, long Offset) MarkBefore(long after)
    {
        lock (gate)
        {
            return marks.FindLast(mark => mark.Lines <= Math.Max(0, after));
        }
    }

    private (long End, bool IsLast, Task Change) Look()
    {
        lock (gate)
        {
            return (length, isComplete, changed.Task);
        }
    }

    /// <summary>The whole lines of one block of the file, and where the next begins. A line is much shorter than a block.</summary>
    private (List<ReplicaLine> Lines, long Next) ReadBlock(long offset, long end)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(block);
        try
        {
            var size = (int)Math.Min(block, end - offset);
            var filled = bytes.AsSpan(0, RandomAccess.Read(file, bytes.AsSpan(0, size), offset));
            var read = new List<ReplicaLine>();
            var at = 0;
            for (int newline; (newline = filled[at..].IndexOf((byte)'\n')) >= 0; at += newline + 1)
            {
                read.Add(Decode(filled.Slice(at, newline)));
            }

            return at > 0
                ? (read, offset + at)
                : throw new InvalidDataException($"no line ends in the log after {offset}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static ReplicaLine Decode(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        var ticks = long.Parse(line[..space], CultureInfo.InvariantCulture);
        return new(0, new(ticks, TimeSpan.Zero), line[space + 1] == 'e', Encoding.UTF8.GetString(line[(space + 3)..]));
    }

    private long EndOfLastLine()
    {
        var size = RandomAccess.GetLength(file);
        var tail = new byte[(int)Math.Min(block, size)];
        var read = RandomAccess.Read(file, tail, size - tail.Length);
        return size - tail.Length + tail.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
    }
}
