using Braid.Primitives;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Replaying;

/// <summary>What happened to a cluster from outside: decisions are not in it, they are made again.</summary>
/// <param name="Start">How it began.</param>
/// <param name="Events">In any order.</param>
public sealed record Recording(Snapshot Start, IReadOnlyList<RecordedEvent> Events)
{
    /// <summary>Of workloads that are there at the start: for how long they run once they have started; who is not named, for ever.</summary>
    public IReadOnlyDictionary<RunId, TimeSpan> Runtimes { get; init; } = new Dictionary<RunId, TimeSpan>();

    /// <summary>What happens later is not lived through; null for as long as anything happens.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Something that happened.</summary>
public abstract record RecordedEvent(DateTimeOffset At)
{
    /// <summary>A workload came.</summary>
    /// <param name="Runtime">For how long it runs once it has started; null for ever.</param>
    public sealed record Submitted(DateTimeOffset At, Workload Workload, TimeSpan? Runtime) : RecordedEvent(At);

    /// <summary>A workload's owner took it back.</summary>
    public sealed record Withdrawn(DateTimeOffset At, RunId Workload) : RecordedEvent(At);

    /// <summary>A node came, or is different from now on.</summary>
    public sealed record NodeChanged(DateTimeOffset At, Node Node) : RecordedEvent(At);

    /// <summary>A node went, and with it what ran there.</summary>
    public sealed record NodeLeft(DateTimeOffset At, string Node) : RecordedEvent(At);

    /// <summary>A queue came, or is different from now on.</summary>
    public sealed record QueueChanged(DateTimeOffset At, Queue Queue) : RecordedEvent(At);
}

/// <summary>What became of the workloads of a recording.</summary>
/// <param name="Workloads">Those that were there at the start and those that were submitted, in the order of their submission.</param>
public sealed record Replay(IReadOnlyList<ReplayedWorkload> Workloads)
{
    /// <summary>The mean time from submission to the first start of those that started; null when none did.</summary>
    public TimeSpan? MeanWait =>
        Workloads
            .Where(workload => workload.StartedAt is not null)
            .Select(workload => workload.StartedAt - workload.SubmittedAt)
            .ToList()
            is { Count: > 0 } waits
            ? TimeSpan.FromTicks((long)waits.Average(wait => wait!.Value.Ticks))
            : null;

    /// <summary>How many replicas were evicted or moved.</summary>
    public int Displaced => Workloads.Sum(workload => workload.Displaced);
}

/// <summary>What became of one workload.</summary>
/// <param name="SubmittedAt">When it was made, for one that was there at the start.</param>
/// <param name="StartedAt">When it first ran with all that it must have; null when it never did.</param>
/// <param name="EndedAt">When it had run for its time without being evicted; null when it had not.</param>
/// <param name="Displaced">How many of its replicas were evicted or moved.</param>
public sealed record ReplayedWorkload(
    RunId Workload,
    string Name,
    QueueId Queue,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int Displaced
)
{
    /// <summary>For how long it ran with all that it must have since the start, in all its attempts.</summary>
    public TimeSpan Ran { get; init; }
}
