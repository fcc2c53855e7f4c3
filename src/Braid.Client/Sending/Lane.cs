using Braid.Client.Backends;
using Braid.Client.Ranks;
using Braid.Client.Records;
using Braid.Client.Spooling;

namespace Braid.Client.Sending;

/// <summary>
/// One backend's consumer of the spool, at its own place and pace:
/// 1. opens the run;
/// 2. reads what is spooled; while a call is under way more gathers, so that calls grow with the load by themselves;
/// 3. delivers it, and notes how far it is;
/// 4. at the record that ends the run, ends it.
/// A backend that is away is tried again until the lane is abandoned; what is left then stays in the spool.
/// </summary>
internal sealed class Lane : IDisposable
{
    private const int mostRecords = 1000;
    private const int mostBytes = 8 << 20;
    private static readonly TimeSpan firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(5);

    private readonly IBackend backend;
    private readonly RunStart start;
    private readonly Spool spool;
    private readonly TimeProvider clock;
    private readonly Problems problems;
    private readonly RankIds ranks;
    private readonly Cursor cursor;
    private readonly SpoolReader reader;
    private readonly Milestones milestones = new();
    private readonly TaskCompletionSource<string?> runId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long refused;
    private bool wasTried;

    public Lane(IBackend backend, RunStart start, Spool spool, RankIds ranks, TimeProvider clock, Problems problems)
    {
        (this.backend, this.start, this.spool) = (backend, start, spool);
        (this.ranks, this.clock, this.problems) = (ranks, clock, problems);
        cursor = Cursor.Open(spool.Folder, backend.Name);
        reader = new(spool, Position);
    }

    public string Backend => backend.Name;

    /// <summary>The backend's ID of the run; null when it never made it.</summary>
    public Task<string?> RunId => runId.Task;

    /// <summary>How many records it said no to.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>How many records it has been through.</summary>
    public long Delivered => milestones.Reached;

    /// <summary>Behind what it has been through.</summary>
    public SpoolPosition Position => cursor.Position ?? new(1, 0, 0);

    /// <summary>The run was ended there.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Completes when so many records were delivered, or when the lane is over.</summary>
    public Task ReachedAsync(long records) => milestones.ReachAsync(records);

    /// <summary>Runs until the run's end, or until it is abandoned. Throws nothing: it must not end the training.</summary>
    public async Task RunAsync(CancellationToken abandon)
    {
        try
        {
            await DeliverAsync(abandon);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            problems.Report($"{backend.Name}: gave up waiting for {backend.Address}");
        }
        catch (Exception error)
        {
            problems.Report($"{backend.Name}: {error.Message}");
        }

        runId.TrySetResult(null);
        milestones.Finish();
    }

    public void Dispose()
    {
        reader.Dispose();
        cursor.Dispose();
    }

    private async Task DeliverAsync(CancellationToken ct)
    {
        var context = new SinkContext(problems.Report, Refuse, clock);

        // 1. The run.
        await using var sink = await RepeatAsync(token => OpenAsync(context, token), ct);
        runId.TrySetResult(sink.RunId);
        ranks.Tell(start, backend, sink.RunId);

        var records = new List<LogRecord>();
        while (!IsDone)
        {
            // 2. What there is. Closed before it was read: nothing comes behind it.
            var isClosed = spool.IsClosed;
            records.Clear();
            reader.Read(records, mostRecords, mostBytes);
            if (records.Count > 0)
            {
                await DeliverAsync(sink, records, ct);
            }
            else if (isClosed)
            {
                await EndAsync(sink, KilledAt(LastWrite()), ct);
            }
            else
            {
                await spool.GrownAsync(reader.Position).WaitAsync(ct);
            }
        }
    }

    private async Task<IRunSink> OpenAsync(SinkContext context, CancellationToken ct)
    {
        var run = await StartAsync(ct);
        run = run with { IsRepeated = run.IsRepeated || wasTried };
        wasTried = true;
        var sink = await backend.OpenAsync(run, context, ct);
        cursor.Started(sink.RunId);
        return sink;
    }

    /// <summary>A run that this spool began is gone on with as it is: not emptied a second time, for example.</summary>
    private async Task<RunStart> StartAsync(CancellationToken ct)
    {
        var begun = cursor.RunId ?? (start.RunId is null ? await ranks.OfFirstRankAsync(start, backend, ct) : null);
        var ownName = start.Rank > 0 && !backend.CanShareRuns ? $"{start.Name} (rank {start.Rank})" : start.Name;
        return begun is null
            ? start with
            {
                Name = ownName,
            }
            : start with
            {
                Name = ownName,
                RunId = begun,
                Continuation = Continuation.New,
            };
    }

    private async Task DeliverAsync(IRunSink sink, List<LogRecord> records, CancellationToken ct)
    {
        // 3. Delivered, and noted.
        var end = records[^1].Kind == RecordKind.End ? records[^1].End : null;
        var logged = RankView.Of(start.Rank, end is null ? records : records[..^1], backend.CanShareRuns);
        if (spool.IsLeft)
        {
            logged = [.. logged.Select(record => SpooledFiles.Resolve(spool.Folder, record))];
        }

        if (logged.Count > 0)
        {
            await LogAsync(sink, logged, ct);
        }

        if (end is not null)
        {
            // 4. The end.
            await EndAsync(sink, end, ct);
        }

        cursor.Advance(reader.Position);
        reader.Release();
        milestones.Reach(reader.Position.Records);
    }

    private async Task LogAsync(IRunSink sink, IReadOnlyList<LogRecord> records, CancellationToken ct)
    {
        try
        {
            await RepeatAsync(
                async token =>
                {
                    await sink.LogAsync(records, token);
                    return true;
                },
                ct
            );
        }
        catch (Exception error)
            when (error is not OperationCanceledException and not BackendRefusalException { IsFinal: true })
        {
            Refuse(records.Count);
            problems.Report($"{backend.Name}: {error.Message}");
        }
    }

    private async Task EndAsync(IRunSink sink, RunEnd end, CancellationToken ct)
    {
        if (start.Rank == 0 || !backend.CanShareRuns)
        {
            await RepeatAsync(
                async token =>
                {
                    await sink.EndAsync(end, token);
                    return true;
                },
                ct
            );
        }

        IsDone = true;
        SpoolFolders.Done(spool.Folder, backend.Name);
    }

    private async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        for (var pause = firstPause; ; pause = pause * 2 < longestPause ? pause * 2 : longestPause)
        {
            try
            {
                return await call(ct);
            }
            catch (BackendUnavailableException away)
            {
                problems.Report($"{backend.Name}: {away.Message}; trying again until it is back");
                await Task.Delay(pause, clock, ct);
            }
        }
    }

    private void Refuse(int records) => Interlocked.Add(ref refused, records);

    /// <summary>When the program last wrote: its records, or else what the run is.</summary>
    private DateTime LastWrite()
    {
        var segment = spool.PathOf(spool.End.Segment);
        return File.GetLastWriteTimeUtc(File.Exists(segment) ? segment : SpoolFolders.DescriptionOf(spool.Folder));
    }

    private static RunEnd KilledAt(DateTime at) =>
        new(
            RunOutcome.Failed,
            "the program ended without closing its run",
            new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeMilliseconds()
        );
}
