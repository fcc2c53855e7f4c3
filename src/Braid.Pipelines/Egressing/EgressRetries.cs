using System.Collections.Concurrent;
using Braid.Pipelines.Programs;

namespace Braid.Pipelines.Egressing;

/// <summary>
/// When outputs that the other side could not take are sent again. It is forgotten with the server: the next one tries all of them
/// at once when it starts.
/// </summary>
internal sealed class EgressRetries(TimeProvider clock)
{
    /// <summary>In all, over about two minutes.</summary>
    private const int mostTries = 8;

    private readonly ConcurrentDictionary<long, (int Failures, DateTimeOffset Next)> waiting = new();

    /// <summary>True until the time has come.</summary>
    public bool IsWaiting(long job) => waiting.TryGetValue(job, out var at) && clock.GetUtcNow() < at.Next;

    /// <summary>Notes a failure; when to try again, null: it was tried often enough.</summary>
    public DateTimeOffset? Fail(long job)
    {
        var failures = waiting.GetValueOrDefault(job).Failures + 1;
        if (failures >= mostTries)
        {
            Forget(job);
            return null;
        }

        var next = clock.GetUtcNow() + BackOff.After(failures);
        waiting[job] = (failures, next);
        return next;
    }

    public void Forget(long job) => waiting.TryRemove(job, out _);
}
