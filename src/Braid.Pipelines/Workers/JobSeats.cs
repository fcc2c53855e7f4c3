using System.Collections.Concurrent;

namespace Braid.Pipelines.Workers;

/// <summary>
/// Which job each worker of this server works for, between its leases too: a job of few workers keeps those that it has, with the
/// sandboxes and programs that they have started for it.
/// </summary>
internal sealed class JobSeats
{
    private readonly ConcurrentDictionary<string, long> jobs = new(StringComparer.Ordinal);

    /// <summary>True when the worker works for the job, or fewer than so many do.</summary>
    public bool MaySit(string worker, long job, int seats) =>
        jobs.Count(seat => seat.Value == job && seat.Key != worker) < seats;

    public void Sit(string worker, long job) => jobs[worker] = job;

    public void Leave(string worker) => jobs.TryRemove(worker, out _);
}
