namespace Braid.Scheduling.Snapshots;

/// <summary>A machine that replicas are placed on.</summary>
/// <param name="Name">Unique in the snapshot.</param>
/// <param name="CpuMillis">Thousandths of a core that replicas may have in all.</param>
/// <param name="MemoryBytes">Bytes of memory that replicas may have in all.</param>
public sealed record Node(string Name, long CpuMillis, long MemoryBytes)
{
    /// <summary>The pool of nodes, and of workloads, that name none.</summary>
    public const string DefaultPool = "default";

    /// <summary>Its devices that are not split into MIG instances.</summary>
    public NodeGpus Gpus { get; init; } = NodeGpus.None;

    /// <summary>How many instances of each MIG profile there are.</summary>
    public IReadOnlyDictionary<string, long> MigInstances { get; init; } = NoAmounts.Value;

    /// <summary>Amounts of other resources, by name.</summary>
    public IReadOnlyDictionary<string, long> Extended { get; init; } = NoAmounts.Value;

    /// <summary>How many replicas it takes.</summary>
    public int MaxReplicas { get; init; } = int.MaxValue;

    public string Pool { get; init; } = DefaultPool;

    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoLabels.Value;

    public IReadOnlyList<Taint> Taints { get; init; } = [];

    /// <summary>Nothing is placed on a node that is not, and its resources are not shared out.</summary>
    public bool IsReady { get; init; } = true;

    /// <summary>Of one that is not ready: somebody said that nothing new is to be placed there. Nothing else is wrong with it.</summary>
    public bool IsCordoned { get; init; }
}

/// <summary>Equal devices of a node, numbered from 0.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mebibytes">The memory of each; 0 when unknown, and then no part of one by memory is placed here.</param>
public readonly record struct NodeGpus(int Count, long Mebibytes = 0)
{
    public static NodeGpus None => default;
}
