namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The answer of <c>GET /api/nodes</c>, by name.</summary>
internal sealed record NodeListRecord(IReadOnlyList<NodeRecord> Nodes);

/// <summary>A machine, and what of it is taken.</summary>
internal sealed record NodeRecord
{
    public required string Name { get; init; }
    public required string Pool { get; init; }

    /// <summary>Its agent has asked for work lately.</summary>
    public bool IsAlive { get; init; }

    /// <summary>Nothing new is placed there.</summary>
    public bool IsCordoned { get; init; }
    public DateTimeOffset Registered { get; init; }
    public DateTimeOffset LastSeen { get; init; }
    public string Address { get; init; } = "";
    public string AgentVersion { get; init; } = "";
    public IReadOnlyList<string> Executors { get; init; } = [];
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Taints { get; init; } = [];
    public IReadOnlyList<GpuRecord> Gpus { get; init; } = [];
    public required MachinePartsRecord Has { get; init; }
    public required MachinePartsRecord Held { get; init; }

    /// <summary>How many replicas are on it.</summary>
    public int Replicas { get; init; }
}

/// <summary>A device of a node.</summary>
internal sealed record GpuRecord(int Index, string Name, long MemoryBytes, string? MigProfile);
