using Braid.Pipelines.Jobs;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Running;

namespace Braid.Pipelines.Workers.Seats;

/// <summary>
/// A worker that works for one job, in a place that it was given: 1 it waits for the place while the job has datums that wait; 2 it runs
/// them until there are none; 3 it gives the place back. When the place is taken away, its datums are given back.
/// </summary>
/// <param name="number">Among those of this server.</param>
internal sealed class SeatedWorker(
    WorkerParts parts,
    ISeats seats,
    WorkerDesks desks,
    JobRow job,
    string name,
    long number,
    string folder
)
{
    /// <summary>Of the job's id, in the name of the place.</summary>
    private const int digits = 8;

    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    /// <param name="waiting">Told why there is no place yet; null when there is one, or none is wanted.</param>
    public async Task RunAsync(Action<string?> waiting, CancellationToken ct)
    {
        // 1
        await using var seat = await SitAsync(waiting, ct);
        waiting(null);
        if (seat is null)
        {
            return;
        }

        // 2
        using var until = CancellationTokenSource.CreateLinkedTokenSource(seat.Lost, ct);
        await using var worker = new Worker(
            name,
            parts with
            {
                Gpus = seat.Gpus,
            },
            folder,
            (most, stop) => parts.Leases.TakeOfAsync(name, job.Id, most, stop)
        );
        desks.Add(worker.Desk);
        try
        {
            while (await worker.StepAsync(until.Token)) { }
        }
        catch (OperationCanceledException) when (seat.Lost.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // 3: its datums wait for another place.
        }
        finally
        {
            desks.Remove(worker.Desk);
        }
    }

    private async Task<ISeat?> SitAsync(Action<string?> waiting, CancellationToken ct)
    {
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = WatchAsync(unwanted, done.Token);
        try
        {
            return await seats.TakeAsync(OrderOf(), waiting, unwanted.Token);
        }
        finally
        {
            await done.CancelAsync();
            await watching;
        }
    }

    private SeatOrder OrderOf()
    {
        var spec = job.ReadSpec();
        var needs = spec.Needs ?? throw new InvalidOperationException($"job {job.Id} needs no place");
        var place = $"{job.Ref.Label}-{$"{job.RunId}"[..digits]}-seat-{number}";
        return new(job.RunId, job.RunProject, job.Project, place, needs, spec.PriorityClass);
    }

    private async Task WatchAsync(CancellationTokenSource unwanted, CancellationToken done)
    {
        try
        {
            using var watch = parts.Database.Changes.Watch(Topics.JobSet(job.SetId));
            while (await parts.Leases.HasWaitingAsync(job.Id, done))
            {
                await watch.NextAsync(period, done);
            }

            await unwanted.CancelAsync();
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // There is a place.
        }
    }
}
