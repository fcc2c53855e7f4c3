using Braid.Fuse.Operations;
using Braid.Fuse.Wire;

namespace Braid.Fuse.Sessions;

/// <summary>
/// Serves one mounted file system until it is unmounted:
/// 1. a few threads wait for requests; what the handler answers at once is answered on the thread that read it;
/// 2. what takes longer goes on as a task, while the thread reads the next request; the kernel may interrupt it by its number;
/// 3. an exception of the handler is a bug: it is reported, and the caller sees an input/output error.
/// </summary>
public sealed class FuseSession
{
    private readonly IFuseChannel channel;
    private readonly RequestTable table;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running;

    /// <param name="report">Is told every exception that is a bug.</param>
    public FuseSession(IFuseChannel channel, FuseHandler handler, TimeProvider clock, Action<Exception> report)
    {
        this.channel = channel;
        table = new(channel, handler, clock, report, ready);
    }

    /// <summary>
    /// Ends when the kernel has agreed on the protocol: the file system can be used. Fails with a
    /// <see cref="Device.FuseMountException"/> when the kernel is too old, and is cancelled when it was unmounted before that.
    /// </summary>
    public Task Ready => ready.Task;

    /// <summary>Ends when the file system is unmounted and every request is answered.</summary>
    /// <param name="threads">How many wait for requests at the same time.</param>
    public async Task RunAsync(int threads)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        running = threads;
        for (var i = 0; i < threads; i++)
        {
            new Thread(() => Serve(ended)) { IsBackground = true, Name = $"fuse {i}" }.Start();
        }

        await ended.Task;
        await table.DrainAsync();
    }

    private void Serve(TaskCompletionSource ended)
    {
        try
        {
            var buffer = GC.AllocateUninitializedArray<byte>(Limits.RequestBuffer, pinned: true);
            int length;
            while ((length = channel.Read(buffer)) > 0)
            {
                table.Dispatch(buffer.AsSpan(0, length));
            }
        }
        catch (Exception error)
        {
            // The thread's only way to say it: the session ends with what went wrong.
            ended.TrySetException(error);
        }
        finally
        {
            if (Interlocked.Decrement(ref running) == 0)
            {
                ready.TrySetCanceled();
                ended.TrySetResult();
            }
        }
    }
}

/// <summary>Sizes that both sides agree on.</summary>
internal static class Limits
{
    /// <summary>The most that one read or write carries.</summary>
    public const int MaxData = 1024 * 1024;

    /// <summary>The longest request: a write and its header, with room to spare.</summary>
    public const int RequestBuffer = MaxData + 64 * 1024;
}
