using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;

namespace Braid.TensorBoard.Logs;

/// <summary>Some new events of one file.</summary>
/// <param name="Tags">Of the run; the numbers in the batch's columns mean these.</param>
/// <param name="Epochs">Of each scalar: how often its tag was begun again before.</param>
public sealed record TailedEvents(EventFilePath File, TagTable Tags, EventBatch Batch, ReadOnlyMemory<int> Epochs);

/// <summary>What a look at a log directory came to.</summary>
/// <param name="Records">That were read, damaged ones included.</param>
/// <param name="Damaged">That were skipped because of a bad check sum or because they were no events.</param>
/// <param name="TooLong">That were skipped because of their length.</param>
/// <param name="Dead">Files that are not read any further.</param>
public sealed record TailReport(long Records, long Damaged, long TooLong, IReadOnlyList<string> Dead);

/// <summary>
/// Reads what is new in a log directory since the last look: 1 find the event files, by run and name; 2 where a file grew, go
/// on at its next record; where it is another file, at its start; 3 hand over its events, batch by batch; 4 remember where to go
/// on. Every file may grow, not only the newest: several writers may share a run.
/// </summary>
public sealed class LogTailer(string root, IEnumerable<FileMark>? marks = null)
{
    private readonly Dictionary<string, FileMark> marks = (marks ?? []).ToDictionary(
        mark => mark.Path,
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, RunState> runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> dead = new(StringComparer.Ordinal);
    private readonly EventBatch batch = new();
    private int[] epochs = [];

    /// <summary>Where to go on, to be given to a later tailer.</summary>
    public IReadOnlyCollection<FileMark> Marks => marks.Values;

    /// <summary>Reads once. What <paramref name="take"/> gets is valid until it returns; when it throws, the batch comes again.</summary>
    public async Task<TailReport> PollAsync(Func<TailedEvents, ValueTask> take, CancellationToken ct)
    {
        var report = new TailReport(0, 0, 0, []);
        // 1
        var files = LogDirectory.Find(root);
        for (var at = 0; at < files.Count; at++)
        {
            var isNewest = at == files.Count - 1 || files[at + 1].Run != files[at].Run;
            if (OpenGrown(files[at]) is { } file)
            {
                await using (file)
                {
                    report = Sum(report, await ReadAsync(files[at], file, isNewest, take, ct));
                }
            }
        }

        return report with
        {
            Dead = [.. dead.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The file, at its next record; null when there is nothing to read.</summary>
    private FileStream? OpenGrown(EventFilePath path)
    {
        var mark = marks.GetValueOrDefault(path.Path) ?? new FileMark(path.Path, 0, 0);
        FileStream file;
        try
        {
            file = new(System.IO.Path.Combine(root, path.Path), Options);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // 2
        var next = mark.Continue(file.Length, FileMark.BeginningOf(file));
        if (next.Offset < mark.Offset)
        {
            dead.Remove(path.Path);
        }

        marks[path.Path] = next;
        file.Position = next.Offset;
        if (file.Length > next.Offset && !dead.Contains(path.Path))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private async Task<TailReport> ReadAsync(
        EventFilePath path,
        FileStream file,
        bool isNewest,
        Func<TailedEvents, ValueTask> take,
        CancellationToken ct
    )
    {
        var run = RunOf(path.Run);
        using var reader = new EventReader(file, file.Position, run.Tags);
        batch.Clear();
        while (await reader.ReadAsync(batch, ct))
        {
            // 3
            await take(new(path, run.Tags, batch, CountEpochs(run)));
            batch.Clear();
            // 4
            Remember(path, reader);
        }

        Remember(path, reader);
        if (reader.End == EndState.Dead || (reader.End == EndState.Zeros && !isNewest))
        {
            dead.Add(path.Path);
        }

        return new(reader.Records, reader.Damaged, reader.TooLong, []);
    }

    private void Remember(EventFilePath path, EventReader reader) =>
        marks[path.Path] = marks[path.Path] with { Offset = reader.NextOffset };

    private ReadOnlyMemory<int> CountEpochs(RunState run)
    {
        var count = batch.Scalars.Count;
        if (epochs.Length < count)
        {
            epochs = new int[Math.Max(count, 1 << 10)];
        }

        run.Epochs.Count(batch.Scalars, epochs);
        return epochs.AsMemory(0, count);
    }

    private RunState RunOf(string run)
    {
        if (!runs.TryGetValue(run, out var state))
        {
            runs[run] = state = new();
        }

        return state;
    }

    private static TailReport Sum(TailReport left, TailReport right) =>
        new(left.Records + right.Records, left.Damaged + right.Damaged, left.TooLong + right.TooLong, []);

    /// <summary>Writers go on writing, renaming and deleting while the file is read; the reader has a buffer of its own.</summary>
    private static FileStreamOptions Options =>
        new()
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        };

    private sealed class RunState
    {
        public TagTable Tags { get; } = new();
        public StepEpochs Epochs { get; } = new();
    }
}
