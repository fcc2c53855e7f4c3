namespace Braid.Primitives;

/// <summary>
/// A named, supervised, level-triggered loop: it looks at the state, takes one idempotent step, and looks again. It is
/// woken by <see cref="Wake"/> or by its period, whichever is first; a step that throws is reported, backs off
/// (doubling to 30 s) and is tried again. Nothing but the wake-up is held in memory.
/// </summary>
public sealed class Loop : IAsyncDisposable
{
    private static readonly TimeSpan longestBackOff = TimeSpan.FromSeconds(30);

    private readonly Func<CancellationToken, Task<bool>> step;
    private readonly TimeSpan period;
    private readonly TimeProvider clock;
    private readonly Action<string, Exception> failed;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private Task? running;

    /// <param name="step">One step; true when there may be more to do at once.</param>
    /// <param name="failed">Told the loop's name and every exception that a step threw.</param>
    public Loop(
        string name,
        Func<CancellationToken, Task<bool>> step,
        TimeSpan period,
        TimeProvider clock,
        Action<string, Exception> failed
    )
    {
        Name = name;
        this.step = step;
        this.period = period;
        this.clock = clock;
        this.failed = failed;
    }

    public string Name { get; }

    /// <summary>Starts the loop; a second call does nothing.</summary>
    public void Start() => running ??= Task.Run(RunAsync);

    /// <summary>Makes the loop look now rather than at its next period.</summary>
    public void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    /// <summary>Stops the loop and waits for its current step.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null)
        {
            await running;
        }
    }

    private async Task RunAsync()
    {
        var backOff = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var more = await step(stop.Token);
                backOff = TimeSpan.Zero;
                if (!more)
                {
                    await wake.WaitAsync(period, stop.Token);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                failed(Name, error);
                backOff = backOff == TimeSpan.Zero ? TimeSpan.FromMilliseconds(100) : backOff * 2;
                backOff = backOff > longestBackOff ? longestBackOff : backOff;
                await Task.Delay(backOff, clock, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
