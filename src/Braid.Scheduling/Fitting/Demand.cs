using System.Globalization;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>What replicas of one kind need: equal requests under equal rules are one demand.</summary>
internal sealed class Demand
{
    private string? name;

    public required int Index { get; init; }

    /// <summary>The index as text.</summary>
    public string Name => name ??= Index.ToString(CultureInfo.InvariantCulture);

    public required ReplicaRequest Request { get; init; }

    public required GpuNeed Gpu { get; init; }

    /// <summary>Amounts of extended resources and MIG instances, by the session's numbers of their names.</summary>
    public required (int Name, long Amount)[] Named { get; init; }

    public required RuleSet Rules { get; init; }

    /// <summary>What it counts for its queue until a node is known.</summary>
    public required Resources Cost { get; init; }

    public long CpuMillis => Request.CpuMillis;

    public long MemoryBytes => Request.MemoryBytes;

    public bool NeedsGpu => Gpu.Kind != GpuNeedKind.None;
}
