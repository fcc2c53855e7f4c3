using System.Reflection;
using Braid.Agent.Protocol;
using Braid.Compute.Gpus;
using Braid.Compute.Machines;

namespace Braid.Agent;

/// <summary>What there is on the machine that this runs on.</summary>
public static class ThisMachine
{
    private const double millicores = 1000;

    /// <param name="executors">What runs replicas here.</param>
    /// <param name="warn">Told why its GPUs are not offered, where they cannot be read.</param>
    public static async Task<NodeMachine> ReadAsync(
        IReadOnlyList<string> executors,
        Action<string> warn,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var asked = await new NvidiaGpus().ReadAsync(clock, ct);
        if (!asked.TryGet(out var gpus, out var error))
        {
            warn($"this machine's GPUs are not offered: {error.Message}");
        }

        var has = MachineResources.Read(gpus ?? GpuInventory.None);
        return new()
        {
            CpuMillicores = (long)(has.Cpus * millicores),
            MemoryBytes = has.MemoryBytes,
            Gpus = [.. has.Gpus.Select(Offer)],
            Executors = executors,
            AgentVersion = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "",
        };
    }

    private static NodeGpu Offer(Gpu gpu) =>
        new(gpu.Index, gpu.Id, gpu.Name, gpu.MemoryBytes, gpu.IsInstance ? gpu.Profile : null);
}
