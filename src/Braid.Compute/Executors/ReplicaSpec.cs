using System.Net;
using Braid.Compute.Processes;

namespace Braid.Compute.Executors;

/// <summary>A program to run as one replica of a workload, and all that it may see.</summary>
public sealed record ReplicaSpec
{
    /// <summary>Names it among its owner's replicas: letters, digits, <c>_ . -</c>, at most 128.</summary>
    public required string Name { get; init; }

    /// <summary>The fencing token of whoever placed it: a later placement has a higher one.</summary>
    public required long Token { get; init; }

    /// <summary>Whatever its owner wants to read again with <see cref="IExecutor.FindAsync"/>; not secret.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The container's image; processes run on this machine's files, and say so.</summary>
    public string Image { get; init; } = "";

    public ImagePull Pull { get; init; }

    /// <summary>The program in place of the image's entry point; empty: the image's. No shell is involved.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Arguments in place of the image's; empty: the image's, unless there is a <see cref="Command"/>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Added to the image's environment; the whole environment of a process, beside PATH and HOME.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Empty: the image's, or <c>/</c>.</summary>
    public string WorkingDirectory { get; init; } = "";

    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    public ResourceLimits Limits { get; init; } = new();

    /// <summary>The ids (<c>GPU-...</c>, <c>MIG-...</c>) of the devices it gets; none: it sees none.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary><c>USER</c> or <c>USER:GROUP</c>, names or numbers; null: the image's user, or the agent's.</summary>
    public string? User { get; init; }

    public ReplicaNetwork Network { get; init; } = ReplicaNetwork.Outbound;

    /// <summary>What it is called, by itself and by its peers in a network of its own; empty: <see cref="Name"/>.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Names and addresses of peers that run elsewhere, for its <c>/etc/hosts</c>.</summary>
    public IReadOnlyDictionary<string, IPAddress> Hosts { get; init; } = new Dictionary<string, IPAddress>();

    /// <summary>The number of the signal that asks it to end; SIGTERM.</summary>
    public int StopSignal { get; init; } = 15;

    /// <summary>How long it may take to end after that signal.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest it may run; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>When a container's image is fetched from its registry.</summary>
public enum ImagePull
{
    IfMissing,
    Always,
    Never,
}

/// <summary>What of the network a replica sees.</summary>
public sealed record ReplicaNetwork
{
    private ReplicaNetwork(string kind, string group = "")
    {
        Kind = kind;
        Group = group;
    }

    /// <summary>It can call out. The default.</summary>
    public static ReplicaNetwork Outbound { get; } = new("outbound");

    /// <summary>This machine's own network, ports included.</summary>
    public static ReplicaNetwork Machine { get; } = new("machine");

    /// <summary>Nothing but itself.</summary>
    public static ReplicaNetwork None { get; } = new("none");

    /// <summary>The name of the network of a group of replicas; empty: none.</summary>
    public string Group { get; }

    internal string Kind { get; }

    /// <summary>
    /// A network that replicas of this name share: each finds the others, those that start later too, by their
    /// <see cref="ReplicaSpec.HostName"/>. Processes have an address of their own each in <c>127.0.0.0/8</c>, so a program must
    /// listen at its own name for others to have the same port.
    /// </summary>
    public static ReplicaNetwork Of(string group) => new("group", group);

    public override string ToString() => Group.Length == 0 ? Kind : Group;
}
