using System.Collections.Concurrent;

namespace Braid.Pipelines.Jobs;

/// <summary>Why jobs that could run wait for machines, as this server knows it.</summary>
internal sealed class JobWaits
{
    private readonly ConcurrentDictionary<long, string> reasons = new();

    /// <summary>Null: it does not wait.</summary>
    public string? Of(long job) => reasons.GetValueOrDefault(job);

    /// <summary>How a job is shown: one that waits for machines is still to start, though its datums are there.</summary>
    public (JobState State, string Reason) Standing(JobRow job) =>
        job.ShownState == JobState.Running && Of(job.Id) is { } reason
            ? (JobState.Starting, reason)
            : (job.ShownState, job.Reason);

    /// <param name="reason">Null: it waits no more.</param>
    public void Set(long job, string? reason)
    {
        if (reason is null)
        {
            End(job);
        }
        else
        {
            reasons[job] = reason;
        }
    }

    public void End(long job) => reasons.TryRemove(job, out _);
}
