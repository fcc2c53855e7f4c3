using System.Collections.Concurrent;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Running;

namespace Braid.Pipelines.Workers.Seats;

/// <summary>
/// Sends workers to the jobs whose pipelines ask for processors, memory or GPUs: as many as they may use, each with a place of its own. They
/// are none of the server's own workers, which run what asks for nothing.
/// </summary>
internal sealed class SeatLoop(
    WorkerParts parts,
    ISeats seats,
    WorkerDesks desks,
    JobWaits waits,
    string name,
    string folder
) : IAsyncDisposable
{
    /// <summary>Workers that wait or work at a time, over all jobs; jobs that have none get one beyond it.</summary>
    private const int most = 64;

    private readonly ConcurrentDictionary<string, (long Job, Task Work)> workers = new(StringComparer.Ordinal);

    /// <summary>Workers that have no place yet, and why.</summary>
    private readonly ConcurrentDictionary<string, string> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Exception> faults = new();
    private readonly CancellationTokenSource stop = new();
    private long sent;

    public async Task<bool> StepAsync(CancellationToken ct)
    {
        if (faults.TryDequeue(out var fault))
        {
            throw new InvalidOperationException("a worker with a place of its own failed", fault);
        }

        var jobs = (await parts.Leases.SeatedJobsAsync(ct)).ToDictionary(one => one.Job.Id);
        var more = jobs.ToDictionary(one => one.Key, one => MoreOf(one.Value.Job, one.Value.Waiting));
        while (Next(more) is [var next, ..])
        {
            Send(jobs[next].Job);
            more[next]--;
        }

        return false;
    }

    private IReadOnlyList<long> Next(IReadOnlyDictionary<long, int> more) =>
        [
            .. JobTurns.Next(
                more.Where(one => one.Value > 0).Select(one => one.Key).Order(),
                workers.CountBy(worker => worker.Value.Job).ToDictionary(),
                most
            ),
        ];

    /// <summary>How many more workers a job has use for.</summary>
    private int MoreOf(JobRow job, int datums)
    {
        var sentThere = SentTo(job.Id);
        return Math.Min(job.ReadSpec().Parallelism - sentThere.Count, datums - sentThere.Count(waiting.ContainsKey));
    }

    /// <summary>Stops them; their datums are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(workers.Values.Select(worker => worker.Work));
        stop.Dispose();
    }

    private void Send(JobRow job)
    {
        var number = ++sent;
        var worker = $"{name}-seat-{number}";
        waiting[worker] = "";
        var begun = new TaskCompletionSource();
        workers[worker] = (job.Id, WorkAsync(job, worker, number, begun.Task));
        begun.SetResult();
    }

    private async Task WorkAsync(JobRow job, string worker, long number, Task begun)
    {
        await begun.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var seated = new SeatedWorker(parts, seats, desks, job, worker, number, folder);
            await seated.RunAsync(why => Tell(job.Id, worker, why), stop.Token);
        }
        catch (Exception error)
        {
            if (!stop.IsCancellationRequested)
            {
                faults.Enqueue(error);
            }
        }
        finally
        {
            Tell(job.Id, worker, null);
            workers.TryRemove(worker, out _);
            // Its job may have got datums back, for which another one is to be sent.
            parts.Database.Changes.Announce(Topics.Work);
        }
    }

    /// <summary>A job waits when all of its workers do.</summary>
    private void Tell(long job, string worker, string? why)
    {
        if (why is null)
        {
            waiting.TryRemove(worker, out _);
        }
        else
        {
            waiting[worker] = why;
        }

        waits.Set(job, SentTo(job).All(waiting.ContainsKey) ? why : null);
    }

    private IReadOnlyList<string> SentTo(long job) =>
        [.. workers.Where(worker => worker.Value.Job == job).Select(worker => worker.Key)];
}
