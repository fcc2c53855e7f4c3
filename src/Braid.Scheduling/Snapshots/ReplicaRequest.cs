namespace Braid.Scheduling.Snapshots;

/// <summary>What one replica needs of its node.</summary>
/// <param name="CpuMillis">Thousandths of a core.</param>
/// <param name="MemoryBytes">Bytes of memory.</param>
public sealed record ReplicaRequest(long CpuMillis, long MemoryBytes)
{
    /// <summary>A replica that asks for nothing.</summary>
    public static ReplicaRequest Nothing { get; } = new(0, 0);

    public GpuRequest Gpu { get; init; } = GpuRequest.Nothing;

    /// <summary>Amounts of other resources, by name, such as <c>rdma/hca</c>.</summary>
    public IReadOnlyDictionary<string, long> Extended { get; init; } = NoAmounts.Value;
}

internal static class NoAmounts
{
    public static readonly IReadOnlyDictionary<string, long> Value = new Dictionary<string, long>();
}

internal static class NoLabels
{
    public static readonly IReadOnlyDictionary<string, string> Value = new Dictionary<string, string>();
}
