using Braid.Agent;
using Braid.Agent.Protocol;
using Braid.Compute.Gpus;
using Braid.Gateway.Web.Agents;
using Braid.Primitives;

namespace Braid.Workloads.Tests.Faults;

/// <summary>A node: its agent, what runs there, and the wire to the server.</summary>
internal sealed class Machine
{
    private readonly Cluster cluster;
    private CancellationTokenSource stop = new();
    private Task<Result<Unit>>? agent;
    private bool isFrozen;
    private DateTimeOffset? sign;

    public Machine(string node, Cluster cluster)
    {
        Node = node;
        this.cluster = cluster;
        Clock = new(cluster.Clock);
        Programs = new(Clock);
        Wire = new(
            new DeskNodeServer(cluster.Server.Host.Desk, WorkloadsFixture.Someone, cluster.Server.Outputs, _ => [])
        );
    }

    public string Node { get; }

    /// <summary>Its devices, for an agent that is started afterwards.</summary>
    public IReadOnlyList<NodeGpu> Gpus { get; init; } = [];

    /// <summary>How busy its devices are.</summary>
    public IReadOnlyList<GpuUse> Uses { get; set; } = [];

    public SkewedClock Clock { get; }

    public ScriptedExecutor Programs { get; }

    public Wire Wire { get; }

    /// <summary>What its agent complained about.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>When it was heard last, or began to ask; whatever the clock shows.</summary>
    public long AskedSince { get; private set; }

    /// <summary>The server has heard it since this was asked last.</summary>
    public bool HasNewSign(DateTimeOffset? seen)
    {
        if (seen == sign)
        {
            return false;
        }

        (sign, AskedSince) = (seen, cluster.Clock.GetTimestamp());
        return true;
    }

    public bool Asks => agent is { IsCompleted: false } && !isFrozen && !Wire.IsCut;

    public void StartAgent()
    {
        stop = new();
        AskedSince = cluster.Clock.GetTimestamp();
        var options = new AgentOptions(
            Node,
            new NodeMachine
            {
                CpuMillicores = 4000,
                MemoryBytes = 1L << 33,
                Gpus = Gpus,
            },
            "127.0.0.1",
            cluster.FolderOf(Node)
        )
        {
            Warn = Warnings.Add,
            ReadGpus = _ => Task.FromResult<Result<GpuInventory>>(new GpuInventory([], Uses)),
        };
        agent = new NodeAgent(options, Wire, Programs, Clock, IdSource.System).RunAsync(stop.Token);
    }

    public async Task StopAgentAsync()
    {
        Thaw();
        await stop.CancelAsync();
        await (agent ?? Task.FromResult<Result<Unit>>(Unit.Value));
    }

    /// <summary>SIGKILL: the agent says nothing any more, and what it ran is dead.</summary>
    public async Task KillAgentAsync()
    {
        await StopAgentAsync();
        Programs.Die();
    }

    /// <summary>SIGSTOP.</summary>
    public void Freeze()
    {
        isFrozen = true;
        Wire.Freeze();
    }

    /// <summary>SIGCONT.</summary>
    public void Thaw()
    {
        AskedSince = cluster.Clock.GetTimestamp();
        isFrozen = false;
        Wire.Thaw();
    }

    public void Cut() => Wire.IsCut = true;

    public void Mend()
    {
        AskedSince = cluster.Clock.GetTimestamp();
        Wire.IsCut = false;
    }
}
