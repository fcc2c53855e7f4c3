using System.Threading.Channels;
using Braid.Access.Callers;
using Braid.Compute.Processes;
using Braid.Tracking.Logs;

namespace Braid.Pipelines.Programs;

/// <summary>
/// Appends a program's lines to its run's log in batches. When lines come faster than they can be made durable the program is
/// slowed down: the queue is bounded and writing to it waits.
/// </summary>
internal sealed class ProgramLog : IAsyncDisposable
{
    private const int queued = 4096;
    private const int batch = 512;

    private readonly Channel<LogLine> lines = Channel.CreateBounded<LogLine>(queued);
    private readonly ProgramParts parts;
    private readonly Caller.Job caller;
    private readonly string worker;
    private readonly Task writing;

    public ProgramLog(ProgramParts parts, Caller.Job caller, string worker)
    {
        this.parts = parts;
        this.caller = caller;
        this.worker = worker;
        writing = WriteAsync();
    }

    public ValueTask UserAsync(OutputLine line) =>
        AddAsync(line.Text, line.IsError ? LogSource.Stderr : LogSource.Stdout);

    public ValueTask WorkerAsync(string text) => AddAsync(text, LogSource.Worker);

    /// <summary>Returns when every line is durable.</summary>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await writing;
    }

    private ValueTask AddAsync(string text, LogSource source) =>
        lines.Writer.WriteAsync(
            new()
            {
                TimestampMs = parts.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
                Text = text,
                Level = source == LogSource.Stderr ? "ERROR" : "INFO",
                Worker = worker,
                Source = source,
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

                // A run that somebody deleted takes no lines any more; that is no reason to end the program.
                await parts.Logs.AppendAsync(caller, caller.Run, some, CancellationToken.None);
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
