namespace Braid.Workloads.Nodes;

/// <summary>What a node's agent says of its machine.</summary>
public sealed record Machine
{
    /// <summary>In thousandths of a processor.</summary>
    public required long CpuMillicores { get; init; }
    public required long MemoryBytes { get; init; }
    public IReadOnlyList<MachineGpu> Gpus { get; init; } = [];

    /// <summary>Null for the pool <c>default</c>.</summary>
    public string? Pool { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<MachineTaint> Taints { get; init; } = [];

    /// <summary>What can run there: <c>process</c>, <c>container</c>.</summary>
    public IReadOnlyList<string> Executors { get; init; } = [];

    /// <summary>The names of ClearML's queues of which it takes runs.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>The address at which replicas on other nodes reach those on this one.</summary>
    public string Address { get; init; } = "127.0.0.1";

    public string AgentVersion { get; init; } = "";
}

/// <summary>A device; <paramref name="MigProfile"/> for a part of one (<c>1g.5gb</c>).</summary>
public sealed record MachineGpu(int Index, string Uuid, string Name, long MemoryBytes, string? MigProfile = null);

/// <summary>Work that does not tolerate it stays away.</summary>
/// <param name="Effect"><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</param>
public sealed record MachineTaint(string Key, string Value, string Effect);
