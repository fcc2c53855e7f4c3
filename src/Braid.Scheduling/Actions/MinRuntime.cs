using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>Until when a workload is safe because it has only just started.</summary>
internal static class MinRuntime
{
    /// <summary>From others of its queue: the nearest queue above it that says something decides.</summary>
    public static DateTimeOffset? SafeFromPreemption(SessionWorkload victim) =>
        Until(victim, victim.Queue!.Path, queue => queue.Source.PreemptMinRuntime);

    /// <summary>
    /// From other queues: of those above it up to where the two ways part, the one nearest to that place that says something, or
    /// one above.
    /// </summary>
    public static DateTimeOffset? SafeFromReclaim(SessionWorkload victim, SessionQueue reclaimer)
    {
        var path = victim.Queue!.Path;
        var parting = Array.FindIndex(path, queue => reclaimer.Path.Contains(queue));
        var first = parting < 0 ? path.Length - 1 : Math.Max(0, parting - 1);
        return Until(victim, path.AsSpan(first), queue => queue.Source.ReclaimMinRuntime);
    }

    /// <summary>Whether the workload has nothing that it may lose before then.</summary>
    public static bool Protects(DateTimeOffset? until, SessionWorkload victim, DateTimeOffset now) =>
        until > now && !victim.IsAboveMin;

    private static DateTimeOffset? Until(
        SessionWorkload victim,
        ReadOnlySpan<SessionQueue> path,
        Func<SessionQueue, TimeSpan?> says
    )
    {
        foreach (var queue in path)
        {
            if (says(queue) is { } time)
            {
                return victim.Source.LastStart + time;
            }
        }

        return null;
    }
}
