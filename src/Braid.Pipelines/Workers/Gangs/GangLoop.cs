using System.Collections.Concurrent;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Workers.Running;

namespace Braid.Pipelines.Workers.Gangs;

/// <summary>
/// Takes datums whose work is a distributed job. They take no worker of this server, since they run where the scheduler places them, and may
/// wait long for it: each is attempted beside the others.
/// </summary>
internal sealed class GangLoop(WorkerParts parts, IGangs gangs, JobWaits waits, string name, string folder)
    : IAsyncDisposable
{
    /// <summary>
    /// Datums that are attempted, or wait for machines, at a time: the inputs of each lie on the disk. Jobs of which none is get one beyond it.
    /// </summary>
    private const int most = 32;

    private readonly ConcurrentDictionary<string, (long Job, Task Work)> attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Exception> faults = new();

    /// <summary>Datums whose attempts failed, and that could not be given back then.</summary>
    private readonly ConcurrentQueue<DatumLease> unreleased = new();
    private readonly CancellationTokenSource stop = new();
    private long taken;

    /// <summary>True when there was a datum, so there may be another.</summary>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (faults.TryDequeue(out var fault))
        {
            throw new InvalidOperationException("an attempt at a datum's distributed job failed", fault);
        }

        while (unreleased.TryPeek(out var left))
        {
            await parts.Leases.ReleaseAsync([left], ct);
            unreleased.TryDequeue(out _);
        }

        if (await TakeAsync($"{name}-gang-{taken + 1}", ct) is not { } lease)
        {
            return false;
        }

        taken++;
        var begun = new TaskCompletionSource();
        attempts[lease.Worker] = (lease.Job.Id, AttemptAsync(lease, begun.Task));
        begun.SetResult();
        return true;
    }

    /// <summary>A datum of the job that has fewest; null when there is none, or all there is room for are attempted.</summary>
    private async Task<DatumLease?> TakeAsync(string worker, CancellationToken ct)
    {
        if (attempts.Count >= 2 * most)
        {
            return null;
        }

        var held = attempts.CountBy(attempt => attempt.Value.Job).ToDictionary();
        foreach (var job in JobTurns.Next(await parts.Leases.GangJobsAsync(ct), held, most))
        {
            if (await parts.Leases.TakeOfAsync(worker, job, 1, ct) is [var lease])
            {
                return lease;
            }
        }

        return null;
    }

    /// <summary>Stops what runs; its datums are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(attempts.Values.Select(attempt => attempt.Work));
        stop.Dispose();
    }

    private async Task AttemptAsync(DatumLease lease, Task begun)
    {
        await begun.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var job = lease.Spec.TrainingJob ?? throw new InvalidOperationException("a datum without distributed job");
            var own = Path.Combine(folder, lease.Worker);
            await new GangAttempt(parts, gangs, waits, job, lease, own).RunAsync(stop.Token);
        }
        catch (Exception error)
        {
            if (!stop.IsCancellationRequested)
            {
                faults.Enqueue(error);
            }

            await ReleaseAsync(lease);
        }
        finally
        {
            parts.Leases.Leave(lease.Worker);
            attempts.TryRemove(lease.Worker, out _);
        }
    }

    /// <summary>A store that is away is asked again at the next turn.</summary>
    private async Task ReleaseAsync(DatumLease lease)
    {
        try
        {
            await parts.Leases.ReleaseAsync([lease], CancellationToken.None);
        }
        catch (Exception error)
        {
            unreleased.Enqueue(lease);
            faults.Enqueue(error);
        }
    }
}
