namespace Braid.Workloads.Nodes;

/// <summary>A machine on which replicas are placed.</summary>
public sealed record Node
{
    public required string Name { get; init; }
    public required Machine Machine { get; init; }
    public DateTimeOffset Registered { get; init; }
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>Somebody said that nothing new is to be placed there.</summary>
    public bool IsCordoned { get; init; }

    /// <summary>Its agent has asked for work lately.</summary>
    public bool IsAlive { get; init; }
}
