using Braid.Client.Records;
using Braid.Client.Spooling;

namespace Braid.Client.Queueing;

/// <summary>The one consumer of the outbox: a thread that writes what was logged to the spool, in its order.</summary>
internal sealed class SpoolWriter(Outbox outbox, Spool spool, long spoolLimit, Action<string> report)
{
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lost;

    /// <summary>Completes when the last record was written.</summary>
    public Task Finished => finished.Task;

    /// <summary>How many records could not be written.</summary>
    public long Lost => Interlocked.Read(ref lost);

    // A thread of its own: a training that keeps the pool busy does not keep what it logs waiting.
    public void Start() => new Thread(Run) { IsBackground = true, Name = "braid log" }.Start();

    private void Run()
    {
        try
        {
            while (outbox.TryTake(out var taken))
            {
                Write(taken.Records);
                taken.Complete(spool.Records);
            }
        }
        finally
        {
            spool.Close();
            finished.SetResult();
        }
    }

    private void Write(ReadOnlySpan<LogRecord> records)
    {
        var before = spool.Records;
        try
        {
            spool.Append(spool.Bytes() > spoolLimit ? WithoutContent(records) : records);
        }
        catch (Exception error)
        {
            // Whatever it is: a program that logs must neither end by it nor wait for ever for a thread that is gone.
            report($"cannot write to {spool.Folder}: {error.Message}");
        }

        Interlocked.Add(ref lost, records.Length - (spool.Records - before));
    }

    /// <summary>Above the limit, points and parameters are still kept; what has content is not.</summary>
    private LogRecord[] WithoutContent(ReadOnlySpan<LogRecord> records)
    {
        report($"{spool.Folder} holds more than {spoolLimit >> 20} MiB: only points, parameters and tags are kept now");
        return
        [
            .. records
                .ToArray()
                .Where(record => record.Payload is not Media and not ArtifactFile { Content: not null }),
        ];
    }
}
