using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>A group while a cycle decides, with how many of its replicas stand where.</summary>
internal sealed class SessionGroup(Group source, SessionWorkload workload)
{
    private static readonly int states = Enum.GetValues<ReplicaState>().Length;

    private readonly int[] counts = new int[states];

    public Group Source { get; } = source;

    public SessionWorkload Workload { get; } = workload;

    public List<SessionGroup> Parts { get; } = [];

    /// <summary>In the order in which they are placed.</summary>
    public SessionReplica[] Replicas { get; set; } = [];

    public int Min => Source.Min;

    /// <summary>On a node since before, or given one now.</summary>
    public int Allocated =>
        counts[(int)ReplicaState.Allocated]
        + counts[(int)ReplicaState.Binding]
        + counts[(int)ReplicaState.Bound]
        + counts[(int)ReplicaState.Running];

    public int Promised => counts[(int)ReplicaState.Promised];

    public int Active => Allocated + Promised;

    public int Using => Active + counts[(int)ReplicaState.Releasing];

    public int Pending => counts[(int)ReplicaState.Pending];

    public int Gated => counts[(int)ReplicaState.Gated];

    public int Succeeded => counts[(int)ReplicaState.Succeeded];

    /// <summary>Could be running: active or pending.</summary>
    public int Placeable => Active + Pending;

    public void Count(ReplicaState state, int change)
    {
        counts[(int)state] += change;
        Workload.Version++;
    }
}
