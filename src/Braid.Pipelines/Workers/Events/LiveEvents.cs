using Braid.Pipelines.Workers.Running;

namespace Braid.Pipelines.Workers.Events;

/// <summary>
/// Reads what the program of a datum writes for TensorBoard while it runs, so that long trainings are seen as they go. It looks now and then,
/// less often where looking takes long, and never while a datum's output is moved. What it has not seen is read when the datum is recorded.
/// </summary>
internal sealed class LiveEvents(WorkerParts parts, Workbench bench, BatchLog log) : IDisposable
{
    /// <summary>A look through a large folder takes long: it is done so much less often.</summary>
    private const int idleForLook = 20;

    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim looking = new(1);
    private volatile CancellationTokenSource? look;
    private WrittenEvents? events;

    /// <summary>The program of a datum is about to run.</summary>
    public void Begin(DatumLease lease) => events = parts.Events is { } reading ? new(reading, lease, log) : null;

    /// <summary>The program has ended: nothing is read any more when this returns.</summary>
    public async Task EndAsync()
    {
        if (look is { } under)
        {
            await under.CancelAsync();
        }

        await looking.WaitAsync();
        events = null;
        looking.Release();
    }

    /// <summary>Looks until the batch has ended.</summary>
    public async Task RunAsync(CancellationToken done)
    {
        for (var wait = shortest; parts.Events is not null; )
        {
            await Task.Delay(wait, parts.Clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
            {
                return;
            }

            var start = parts.Clock.GetTimestamp();
            await LookAsync();
            var pause = parts.Clock.GetElapsedTime(start) * idleForLook;
            wait = pause > shortest ? pause : shortest;
        }
    }

    public void Dispose() => looking.Dispose();

    private async Task LookAsync()
    {
        await looking.WaitAsync();
        using var mine = new CancellationTokenSource();
        look = mine;
        try
        {
            if (events is { } written)
            {
                await written.TakeAsync(bench.Output, mine.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The datum has ended, or what it wrote went away: what is left of it is read then.
        }
        finally
        {
            look = null;
            looking.Release();
        }
    }
}
