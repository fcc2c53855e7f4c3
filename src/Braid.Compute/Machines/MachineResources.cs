using Braid.Compute.Gpus;

namespace Braid.Compute.Machines;

/// <summary>What a node has to give: the record with which it registers.</summary>
/// <param name="Cpus">Processors that this process may use, as its control groups limit them; 0.5 for half of one.</param>
/// <param name="MemoryBytes">Memory that this process may use, as its control groups limit it.</param>
public sealed record MachineResources(double Cpus, long MemoryBytes, IReadOnlyList<Gpu> Gpus)
{
    /// <summary>Reads what this machine has now.</summary>
    /// <param name="gpus">Its GPUs.</param>
    public static MachineResources Read(GpuInventory gpus) => Read(gpus, GroupLimits.Here());

    internal static MachineResources Read(GpuInventory gpus, GroupLimits limits) =>
        new(
            Math.Min(Environment.ProcessorCount, limits.Cpus ?? Environment.ProcessorCount),
            Math.Min(PhysicalMemory.Read(), limits.MemoryBytes ?? long.MaxValue),
            gpus.Devices
        );
}
