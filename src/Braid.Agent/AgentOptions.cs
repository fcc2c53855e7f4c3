using Braid.Agent.Protocol;
using Braid.Compute.Processes;

namespace Braid.Agent;

/// <summary>What an agent is told at its start.</summary>
/// <param name="Node">The node's name, unique among the server's.</param>
/// <param name="Machine">What it offers.</param>
/// <param name="ServerHost">The host under which programs on this machine reach the server.</param>
public sealed record AgentOptions(string Node, NodeMachine Machine, string ServerHost)
{
    /// <summary>What every program sees beside its own folders; null for nothing.</summary>
    public Mount? Settings { get; init; }

    /// <summary>How long one question may wait for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Is told what its owner should know.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>A failing server is asked again after 100 ms, then after twice as long, up to this.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(5);
}
