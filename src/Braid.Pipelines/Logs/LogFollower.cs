using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Braid.Metadata.Changes;

namespace Braid.Pipelines.Logs;

/// <summary>
/// Follows several logs at once, those that come later too: 1 every topic says that there may be more logs; 2 each is read by
/// a task of its own into one bounded queue, so that a slow reader slows the reading down and nothing else; 3 all end with
/// the reader.
/// </summary>
internal sealed class LogFollower(ChangeFeed changes, params IReadOnlyList<string> topics)
{
    private const int queued = 512;
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(5);

    /// <param name="newLogs">The logs that it has not told before.</param>
    public async IAsyncEnumerable<JobLogLine> FollowAsync(
        Func<CancellationToken, Task<IEnumerable<IAsyncEnumerable<JobLogLine>>>> newLogs,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var lines = Channel.CreateBounded<JobLogLine>(queued);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAllAsync(newLogs, lines.Writer, stop.Token);
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(ct))
            {
                yield return line;
            }
        }
        finally
        {
            // 3
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAllAsync(
        Func<CancellationToken, Task<IEnumerable<IAsyncEnumerable<JobLogLine>>>> newLogs,
        ChannelWriter<JobLogLine> lines,
        CancellationToken ct
    )
    {
        var readers = new List<Task>();
        try
        {
            using var watch = changes.Watch(topics);
            while (true)
            {
                // 1
                readers.RemoveAll(reader => reader.IsCompleted);
                foreach (var log in await newLogs(ct))
                {
                    // 2
                    readers.Add(ReadAsync(log, lines, ct));
                }

                await watch.NextAsync(longestWait, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The reader has left.
        }
        catch (Exception error)
        {
            lines.TryComplete(error);
        }

        await Task.WhenAll(readers);
    }

    private static async Task ReadAsync(
        IAsyncEnumerable<JobLogLine> log,
        ChannelWriter<JobLogLine> lines,
        CancellationToken ct
    )
    {
        try
        {
            await foreach (var line in log.WithCancellation(ct))
            {
                await lines.WriteAsync(line, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The reader has left.
        }
        catch (Exception error)
        {
            // Whoever reads learns of it.
            lines.TryComplete(error);
        }
    }
}
