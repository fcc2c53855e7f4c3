using System.Collections.Concurrent;
using Braid.Fuse.Operations;

namespace Braid.Fuse.Sessions;

/// <summary>Runs operations, answers each once, and lets the kernel interrupt those that wait.</summary>
internal sealed class PendingCalls(IFuseChannel channel, Action<Exception> report)
{
    /// <summary>The longest answer but data: extended attributes are short here.</summary>
    private const int smallAnswer = 4096;

    private readonly ConcurrentDictionary<ulong, CancellationTokenSource> waiting = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One for each call in progress, and one for the session itself.</summary>
    private int open = 1;

    public void Fail(ulong unique, Errno error) => Answer.SendError(channel, unique, error);

    public void Run(ulong unique, Func<CancellationToken, ValueTask<Errno>> start) =>
        Run(unique, async ct => new Outcome<int>(0, await start(ct)), static (_, to) => to.Length = 0);

    /// <param name="answer">Made here when the operation does not fill it itself; disposed of in any case.</param>
    public void Run<T>(
        ulong unique,
        Func<CancellationToken, ValueTask<Outcome<T>>> start,
        Action<T, Answer> write,
        Answer? answer = null
    )
    {
        Interlocked.Increment(ref open);
        // The task answers, whatever happens in it: nothing is left to wait for here.
        _ = RunAsync(unique, start, write, answer);
    }

    public void Interrupt(ulong unique, ulong which)
    {
        if (waiting.TryGetValue(which, out var stop))
        {
            Cancel(stop);
        }
        else
        {
            // It may not be known yet: told so, the kernel asks again as long as the request is not answered.
            Fail(unique, Errno.Again);
        }
    }

    public Task DrainAsync()
    {
        foreach (var stop in waiting.Values)
        {
            Cancel(stop);
        }

        Done();
        return drained.Task;
    }

    private static void Cancel(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call was answered in the moment between.
        }
    }

    private async Task RunAsync<T>(
        ulong unique,
        Func<CancellationToken, ValueTask<Outcome<T>>> start,
        Action<T, Answer> write,
        Answer? given
    )
    {
        using var stop = new CancellationTokenSource();
        waiting[unique] = stop;
        using var answer = given ?? new Answer(smallAnswer);
        try
        {
            var outcome = await start(stop.Token);
            if (outcome.Error != Errno.None)
            {
                Fail(unique, outcome.Error);
                return;
            }

            write(outcome.Value!, answer); // without an error there is a value
            answer.SendTo(channel, unique);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Fail(unique, Errno.Interrupted);
        }
        catch (Exception error)
        {
            report(error);
            Fail(unique, Errno.InputOutput);
        }
        finally
        {
            waiting.TryRemove(unique, out _);
            Done();
        }
    }

    private void Done()
    {
        if (Interlocked.Decrement(ref open) == 0)
        {
            drained.TrySetResult();
        }
    }
}
