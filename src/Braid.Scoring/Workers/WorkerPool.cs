using System.Text;
using System.Threading.Channels;
using Braid.Scoring.Models;

namespace Braid.Scoring.Workers;

/// <summary>
/// Several workers of one model. A request waits for one that is free; one that ended is replaced: at once when it lived long or was ended
/// here, else after a pause that grows.
/// </summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private static readonly TimeSpan firstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(30);

    /// <summary>Who lived so long did not end of its start.</summary>
    private static readonly TimeSpan healthyLife = TimeSpan.FromSeconds(30);

    private readonly Channel<Worker> free = Channel.CreateUnbounded<Worker>();
    private readonly CancellationTokenSource stop = new();
    private readonly PoolSettings settings;
    private Task[] loops = [];
    private int loaded;

    private WorkerPool(PoolSettings settings) => this.settings = settings;

    /// <summary>Some worker has the model loaded.</summary>
    public bool IsReady => Volatile.Read(ref loaded) > 0;

    /// <summary>Starts them; the first must load the model before this returns.</summary>
    /// <exception cref="BadModelException">It cannot be loaded.</exception>
    public static async Task<WorkerPool> StartAsync(PoolSettings settings, CancellationToken ct)
    {
        var pool = new WorkerPool(settings);
        try
        {
            var first = await Worker.StartAsync(settings.Python, settings.Model, settings.Log, ct);
            await settings.Log.WriteLineAsync($"the model is loaded: {Encoding.UTF8.GetString(first.Greeting.Span)}");
            pool.loops =
            [
                pool.KeepAsync(first),
                .. Enumerable.Range(1, settings.Workers - 1).Select(_ => pool.KeepAsync(null)),
            ];
            return pool;
        }
        catch (WorkerGone gone)
        {
            throw new BadModelException($"the model cannot be loaded:\n{gone.LastLines}");
        }
    }

    /// <summary>Has a free worker answer.</summary>
    /// <exception cref="WorkerGone">It ended before it answered.</exception>
    /// <exception cref="OperationCanceledException">None was free, or it did not answer, before the call was cancelled.</exception>
    public async Task<Reply> AskAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var worker = await FreeAsync(ct);
        var reply = await worker.AskAsync(message, ct);
        free.Writer.TryWrite(worker);
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        stop.Dispose();
    }

    private async Task<Worker> FreeAsync(CancellationToken ct)
    {
        while (true)
        {
            var worker = await free.Reader.ReadAsync(ct);
            if (worker.IsAlive)
            {
                return worker;
            }
        }
    }

    private async Task KeepAsync(Worker? first)
    {
        var pause = TimeSpan.Zero;
        for (var worker = first; !stop.IsCancellationRequested; worker = null)
        {
            try
            {
                await Task.Delay(pause, settings.Clock, stop.Token);
                worker ??= await Worker.StartAsync(settings.Python, settings.Model, settings.Log, stop.Token);
                var started = settings.Clock.GetTimestamp();
                await ServeAsync(worker);
                var wasHealthy = worker.IsAbandoned || settings.Clock.GetElapsedTime(started) > healthyLife;
                pause = wasHealthy ? TimeSpan.Zero : Longer(pause);
            }
            catch (Exception error) when (error is WorkerGone or BadModelException)
            {
                await settings.Log.WriteLineAsync($"a worker did not start: {error.Message}");
                pause = Longer(pause);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static TimeSpan Longer(TimeSpan pause) =>
        pause == TimeSpan.Zero ? firstPause
        : pause * 2 < longestPause ? pause * 2
        : longestPause;

    private async Task ServeAsync(Worker worker)
    {
        await using (worker)
        {
            Interlocked.Increment(ref loaded);
            free.Writer.TryWrite(worker);
            try
            {
                await worker.EndAsync(stop.Token);
                await settings.Log.WriteLineAsync("a worker ended and is replaced");
            }
            finally
            {
                Interlocked.Decrement(ref loaded);
            }
        }
    }
}

/// <summary>What workers are started with.</summary>
/// <param name="Python">The program.</param>
/// <param name="Log">Where their standard error goes.</param>
internal sealed record PoolSettings(string Python, ModelFolder Model, int Workers, TextWriter Log, TimeProvider Clock);
