using Braid.Agent.Protocol;
using Braid.Compute.Gpus;
using Braid.Primitives;

namespace Braid.Agent;

/// <summary>What an agent is told at its start.</summary>
/// <param name="Node">The node's name, unique among the server's.</param>
/// <param name="Machine">What it offers.</param>
/// <param name="ServerHost">The host under which programs on this machine reach the server.</param>
/// <param name="Folder">Where it keeps what programs find; its own.</param>
public sealed record AgentOptions(string Node, NodeMachine Machine, string ServerHost, string Folder)
{
    /// <summary>How long one question may wait for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often what programs use is measured.</summary>
    public TimeSpan MeasureEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Asks how busy the machine's GPUs are.</summary>
    public Func<CancellationToken, Task<Result<GpuInventory>>> ReadGpus { get; init; } =
        ct => new NvidiaGpus().ReadAsync(TimeProvider.System, ct);

    /// <summary>Is told what its owner should know.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>A failing server is asked again after 100 ms, then after twice as long, up to this.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(5);
}
