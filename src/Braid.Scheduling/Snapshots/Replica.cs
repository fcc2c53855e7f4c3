namespace Braid.Scheduling.Snapshots;

/// <summary>One process, container or pod of a workload.</summary>
/// <param name="Id">Unique in the snapshot.</param>
/// <param name="Index">Its place in its group; earlier ones are placed first.</param>
/// <param name="Request">What it needs.</param>
/// <param name="State">Where it stands.</param>
public sealed record Replica(string Id, int Index, ReplicaRequest Request, ReplicaState State = ReplicaState.Pending)
{
    /// <summary>Where it is, or is promised to be.</summary>
    public string? Node { get; init; }

    /// <summary>
    /// The devices it has, by their numbers on the node. Left empty for a placed replica that needs some, free ones are taken
    /// to be its.
    /// </summary>
    public IReadOnlyList<int> Gpus { get; init; } = [];

    /// <summary>What its node must be like.</summary>
    public NodeRules Rules { get; init; } = NodeRules.None;

    /// <summary>Higher is placed first and evicted last; replicas that have one go before those that have none.</summary>
    public int? Priority { get; init; }

    /// <summary>The others look for it: a master or a launcher. Placed first, evicted last.</summary>
    public bool IsLeader { get; init; }
}
