using System.Collections.Concurrent;
using System.Diagnostics;

namespace Braid.Compute.Processes;

/// <summary>
/// Starts processes from one thread that never ends before the server does. A sandbox asks the kernel to kill it when its
/// parent dies, and the kernel takes the *thread* that started it for the parent: a thread of the pool that retires would
/// take running user code with it.
/// </summary>
internal sealed class SpawnThread
{
    private static readonly Lazy<SpawnThread> shared = new(() => new());

    private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> requests = [];

    private SpawnThread()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "braid process starter" };
        thread.Start();
    }

    public static SpawnThread Shared => shared.Value;

    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        requests.Add((start, started));
        return started.Task;
    }

    private void Run()
    {
        foreach (var (start, started) in requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(
                    Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start")
                );
            }
            catch (Exception error)
            {
                started.SetException(error);
            }
        }
    }
}
