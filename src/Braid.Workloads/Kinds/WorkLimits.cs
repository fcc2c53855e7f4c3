using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Kinds;

/// <summary>What a share lets its work of a kind do; null for no limit.</summary>
/// <param name="Time">How long it may run.</param>
/// <param name="Idle">How long it may run without doing anything.</param>
internal readonly record struct WorkLimits(TimeSpan? Time, TimeSpan? Idle = null)
{
    /// <summary>The lesser of this and its own.</summary>
    public TimeSpan? TimeOf(TimeSpan? own) => Time is null || own < Time ? own : Time;

    /// <summary>When it has done nothing for too long; null while any of it works.</summary>
    public DateTimeOffset? IdleUntil(IReadOnlyList<ReplicaRow> replicas)
    {
        var running = replicas.Where(replica => replica.ReadState() == ReplicaState.Running).ToList();
        return running.Count > 0 && running.All(replica => replica.IdleSince is not null)
            ? running.Max(replica => replica.IdleSince) + Idle
            : null;
    }
}
