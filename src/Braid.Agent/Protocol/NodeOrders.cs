namespace Braid.Agent.Protocol;

/// <summary>What is to be done on a node?</summary>
/// <param name="Known">The orders that the agent has.</param>
/// <param name="WaitSeconds">How long the answer may wait for something new; the server may answer sooner.</param>
public sealed record NodeQuestion(string Node, string Epoch, IReadOnlyList<KnownOrder> Known, double WaitSeconds)
{
    /// <summary>Attempts that have done nothing for a while; all others work, or have not begun.</summary>
    public IReadOnlyList<IdleAttempt>? Idle { get; init; }
}

/// <param name="Attempt">Which.</param>
/// <param name="Seconds">For how long it has done nothing.</param>
public sealed record IdleAttempt(AttemptName Attempt, double Seconds);

/// <param name="Attempt">Whose it is.</param>
/// <param name="Runs">True: it is to run; false: it is to end.</param>
public sealed record KnownOrder(AttemptName Attempt, bool Runs);

/// <summary>All that is to be done on a node: what is not here is over.</summary>
public sealed record NodeOrders(IReadOnlyList<NodeOrder> Orders);

/// <summary>What is to be done about an attempt.</summary>
public sealed record NodeOrder(AttemptName Attempt)
{
    /// <summary>What is to run; null when it is to end.</summary>
    public NodeProgram? Program { get; init; }

    /// <summary>The numbers of the machine's devices that it has.</summary>
    public IReadOnlyList<int> Gpus { get; init; } = [];

    /// <summary>How many lines of its output the server has.</summary>
    public long Lines { get; init; }

    /// <summary>Why it is to end.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>What is to run.</summary>
public sealed record NodeProgram
{
    /// <summary>Stands in values of the environment for the host under which the agent reaches the server.</summary>
    public const string ServerHost = "{server}";

    /// <summary>Empty where it runs as processes of the machine.</summary>
    public string Image { get; init; } = "";
    public IReadOnlyList<string> Command { get; init; } = [];
    public IReadOnlyList<string> Arguments { get; init; } = [];
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    public string WorkingDirectory { get; init; } = "";
    public IReadOnlyList<NodeVolume> Volumes { get; init; } = [];
    public IReadOnlyList<NodeFile> Files { get; init; } = [];
    public long? CpuMillicores { get; init; }
    public long? MemoryBytes { get; init; }

    /// <summary>What its peers call it; empty for a replica without peers.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Its peers' names, with the address of the node that each is on.</summary>
    public IReadOnlyDictionary<string, string> Peers { get; init; } = new Dictionary<string, string>();

    /// <summary>Between the request to end and the end by force.</summary>
    public double GraceSeconds { get; init; } = 30;
    public double? TimeLimitSeconds { get; init; }
}

/// <summary>A small file that the program finds.</summary>
/// <param name="Mode">Its permissions, as Unix has them.</param>
public sealed record NodeFile(string Path, string Content, int Mode);

/// <summary>A folder of the machine, seen by the program.</summary>
public sealed record NodeVolume(string Source, string Target, bool IsReadOnly);
