using System.Reflection;
using Braid.Agent.Protocol;

namespace Braid.Agent;

/// <summary>What there is on the machine that this runs on.</summary>
public static class ThisMachine
{
    private const int millicores = 1000;

    /// <param name="executor">What runs replicas here.</param>
    public static NodeMachine Read(string executor) =>
        new()
        {
            CpuMillicores = Environment.ProcessorCount * millicores,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Executors = [executor],
            AgentVersion = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "",
        };
}
