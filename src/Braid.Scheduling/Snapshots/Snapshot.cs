namespace Braid.Scheduling.Snapshots;

/// <summary>All that a decision is made from. The order of its lists decides nothing.</summary>
/// <param name="Now">The clock of every rule about time.</param>
public sealed record Snapshot(DateTimeOffset Now)
{
    public IReadOnlyList<Node> Nodes { get; init; } = [];

    public IReadOnlyList<Queue> Queues { get; init; } = [];

    public IReadOnlyList<Workload> Workloads { get; init; } = [];

    public IReadOnlyList<Topology> Topologies { get; init; } = [];

    public Policy Policy { get; init; } = Policy.Default;
}
