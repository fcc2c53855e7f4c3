using System.Threading.Channels;
using Braid.Access.Callers;
using Braid.Compute.Processes;
using Braid.Primitives;
using Braid.Tracking.Logs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// Takes the lines of a batch's datums and appends them to the run's log, those of many datums in one transaction. When lines
/// come faster than they can be made durable the program is slowed down: the queue is bounded and writing to it waits.
/// </summary>
internal sealed class BatchLog : IAsyncDisposable
{
    private const int queued = 4096;
    private const int many = 512;

    /// <summary>A line waits this long for others that go with it, unless somebody waits for it to be durable.</summary>
    private static readonly TimeSpan linger = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Entry> entries = Channel.CreateBounded<Entry>(queued);
    private readonly SemaphoreSlim urgent = new(0);
    private readonly RunLogs logs;
    private readonly RunId run;
    private readonly TimeProvider clock;
    private readonly Task writing;

    public BatchLog(RunLogs logs, RunId run, TimeProvider clock)
    {
        this.logs = logs;
        this.run = run;
        this.clock = clock;
        writing = WriteAsync();
    }

    public ValueTask UserAsync(DatumLease lease, OutputLine line) =>
        AddAsync(lease, line.Text, line.IsError ? LogSource.Stderr : LogSource.Stdout);

    /// <summary>What the worker itself says.</summary>
    public ValueTask WorkerAsync(DatumLease lease, string text) => AddAsync(lease, text, LogSource.Worker);

    /// <summary>Returns when every line that was added before is durable.</summary>
    public async Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await entries.Writer.WriteAsync(new(null, null, flushed));
        urgent.Release();
        await flushed.Task;
    }

    /// <summary>Returns when every line is durable.</summary>
    public async ValueTask DisposeAsync()
    {
        entries.Writer.TryComplete();
        urgent.Release();
        await writing;
        urgent.Dispose();
    }

    private async ValueTask AddAsync(DatumLease lease, string text, LogSource source)
    {
        var line = new LogLine
        {
            TimestampMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Text = text,
            Level = source == LogSource.Stderr ? "ERROR" : "INFO",
            Worker = lease.Worker,
            Source = source,
            Datum = $"{lease.Datum.Id}",
        };
        await entries.Writer.WriteAsync(new(lease, line, null));
        if (entries.Reader.Count >= many)
        {
            urgent.Release();
        }
    }

    private async Task WriteAsync()
    {
        var taken = new List<Entry>();
        try
        {
            while (await entries.Reader.WaitToReadAsync())
            {
                await urgent.WaitAsync(linger);
                while (taken.Count < queued && entries.Reader.TryRead(out var entry))
                {
                    taken.Add(entry);
                }

                await AppendAsync(taken);
                taken.ForEach(entry => entry.Flushed?.SetResult());
                taken.Clear();
            }
        }
        catch (Exception error)
        {
            // Whoever adds the next line, or waits for one, learns of it.
            entries.Writer.TryComplete(error);
            while (entries.Reader.TryRead(out var entry))
            {
                taken.Add(entry);
            }

            taken.ForEach(entry => entry.Flushed?.TrySetException(error));
            throw;
        }
    }

    private async Task AppendAsync(IReadOnlyList<Entry> taken)
    {
        (Caller, IReadOnlyList<LogLine>)[] parts =
        [
            .. taken
                .Where(entry => entry.Line is not null)
                .GroupBy(entry => entry.Lease)
                .Select(group => ((Caller)group.Key!.Caller, (IReadOnlyList<LogLine>)[.. group.Select(e => e.Line!)])),
        ];
        if (parts is not [])
        {
            // A run that somebody deleted takes no lines any more; that is no reason to fail the datums.
            await logs.AppendAsync(run, parts, CancellationToken.None);
        }
    }

    /// <summary>A line of a lease's; or a request to be told once all before it is durable.</summary>
    private readonly record struct Entry(DatumLease? Lease, LogLine? Line, TaskCompletionSource? Flushed);
}
