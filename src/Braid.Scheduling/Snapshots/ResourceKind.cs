namespace Braid.Scheduling.Snapshots;

/// <summary>What queues share. Named extended resources are counted on nodes only.</summary>
public enum ResourceKind
{
    /// <summary>In thousandths of a core.</summary>
    Cpu,

    /// <summary>In bytes.</summary>
    Memory,

    /// <summary>In devices; a part of a device is a fraction, a MIG instance counts its slices.</summary>
    Gpu,
}
