namespace Braid.Scheduling.Snapshots;

/// <summary>An amount of what queues share.</summary>
/// <param name="CpuMillis">Thousandths of a core.</param>
/// <param name="MemoryBytes">Bytes of memory.</param>
/// <param name="Gpus">Devices, parts of devices included.</param>
public readonly record struct Resources(double CpuMillis, double MemoryBytes, double Gpus)
{
    /// <summary>The amount of one resource.</summary>
    public double this[ResourceKind kind] =>
        kind switch
        {
            ResourceKind.Cpu => CpuMillis,
            ResourceKind.Memory => MemoryBytes,
            _ => Gpus,
        };

    public static Resources operator +(Resources left, Resources right) =>
        new(left.CpuMillis + right.CpuMillis, left.MemoryBytes + right.MemoryBytes, left.Gpus + right.Gpus);

    public static Resources operator -(Resources left, Resources right) =>
        new(left.CpuMillis - right.CpuMillis, left.MemoryBytes - right.MemoryBytes, left.Gpus - right.Gpus);
}
