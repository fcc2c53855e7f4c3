using System.Threading.Channels;
using Braid.Compute.Processes;
using Braid.Tracking.Logs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Workers;

/// <summary>
/// Takes the lines of one attempt and appends them to the run's log in batches. When lines come faster than they can be
/// made durable the program is slowed down: the queue is bounded and writing to it waits.
/// </summary>
internal sealed class DatumLog : IAsyncDisposable
{
    private const int queued = 4096;
    private const int batch = 512;

    private readonly Channel<LogLine> lines = Channel.CreateBounded<LogLine>(queued);
    private readonly RunLogs logs;
    private readonly DatumLease lease;
    private readonly TimeProvider clock;
    private readonly Task writing;

    public DatumLog(RunLogs logs, DatumLease lease, TimeProvider clock)
    {
        this.logs = logs;
        this.lease = lease;
        this.clock = clock;
        writing = WriteAsync();
    }

    public ValueTask UserAsync(OutputLine line) =>
        AddAsync(line.Text, line.IsError ? LogSource.Stderr : LogSource.Stdout);

    /// <summary>What the worker itself says.</summary>
    public ValueTask WorkerAsync(string text) => AddAsync(text, LogSource.Worker);

    /// <summary>Returns when every line is durable.</summary>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.Complete();
        await writing;
    }

    private ValueTask AddAsync(string text, LogSource source) =>
        lines.Writer.WriteAsync(
            new()
            {
                TimestampMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                Text = text,
                Level = source == LogSource.Stderr ? "ERROR" : "INFO",
                Worker = lease.Worker,
                Source = source,
                Datum = $"{lease.Datum.Id}",
            }
        );

    private async Task WriteAsync()
    {
        try
        {
            while (await lines.Reader.WaitToReadAsync())
            {
                var some = new List<LogLine>();
                while (some.Count < batch && lines.Reader.TryRead(out var line))
                {
                    some.Add(line);
                }

                // A run that somebody deleted takes no lines any more; that is no reason to fail the datum.
                await logs.AppendAsync(lease.Caller, lease.Job.RunId, some, CancellationToken.None);
            }
        }
        catch (Exception error)
        {
            // Whoever adds the next line learns of it.
            lines.Writer.TryComplete(error);
            throw;
        }
    }
}
