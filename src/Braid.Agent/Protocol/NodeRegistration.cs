using System.Collections.ObjectModel;

namespace Braid.Agent.Protocol;

/// <summary>A machine that wants work.</summary>
/// <param name="Agent">Which agent, whatever its process.</param>
/// <param name="Epoch">Of the agent's process: unlike every other.</param>
/// <param name="Running">What it runs still, or knows the end of.</param>
public sealed record NodeRegistration(
    string Node,
    string Agent,
    string Epoch,
    NodeMachine Machine,
    IReadOnlyList<AttemptName> Running
)
{
    /// <summary>Counts the agent's processes: what one says is not taken after a later one registered.</summary>
    public long Start { get; init; }
}

/// <summary>What there is on a machine; what a message leaves out is as it is here.</summary>
public sealed record NodeMachine
{
    /// <summary>Among <see cref="Executors"/>: programs without an image can run there.</summary>
    public const string Processes = "process";

    /// <summary>In thousandths of a processor.</summary>
    public required long CpuMillicores { get; init; }
    public required long MemoryBytes { get; init; }
    public IReadOnlyList<NodeGpu> Gpus
    {
        get => field ?? [];
        init;
    }

    /// <summary>Null for the pool <c>default</c>.</summary>
    public string? Pool { get; init; }
    public IReadOnlyDictionary<string, string> Labels
    {
        get => field ?? ReadOnlyDictionary<string, string>.Empty;
        init;
    }
    public IReadOnlyList<NodeTaint> Taints
    {
        get => field ?? [];
        init;
    }

    /// <summary>What runs replicas there: <c>process</c>, <c>docker</c>, <c>podman</c>.</summary>
    public IReadOnlyList<string> Executors
    {
        get => field ?? [];
        init;
    }

    /// <summary>The names of ClearML's queues of which it takes runs.</summary>
    public IReadOnlyList<string> Queues
    {
        get => field ?? [];
        init;
    }

    /// <summary>Where replicas on other nodes reach those on this one.</summary>
    public string Address
    {
        get => field ?? "127.0.0.1";
        init;
    }
    public string AgentVersion
    {
        get => field ?? "";
        init;
    }
}

/// <summary>A device, or a part of one that its maker cut off (<paramref name="MigProfile"/>).</summary>
public sealed record NodeGpu(int Index, string Uuid, string Name, long MemoryBytes, string? MigProfile = null);

/// <summary>Work that does not tolerate it stays away.</summary>
public sealed record NodeTaint(string Key, string Value, string Effect);
