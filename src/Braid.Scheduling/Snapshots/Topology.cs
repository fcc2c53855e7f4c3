namespace Braid.Scheduling.Snapshots;

/// <summary>How nodes lie: labels from the widest level (a block) to the narrowest (a host).</summary>
public sealed record Topology(string Name, IReadOnlyList<string> Levels);

/// <summary>That replicas are placed in one domain of a topology.</summary>
/// <param name="Topology">The topology's name.</param>
/// <param name="Required">The level (a label) of which they all have the same domain; null when none is required.</param>
/// <param name="Preferred">The level that would be better; wider ones are tried when it cannot be.</param>
public sealed record TopologyConstraint(string Topology, string? Required, string? Preferred = null);
