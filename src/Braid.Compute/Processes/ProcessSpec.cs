using Braid.Compute.Users;

namespace Braid.Compute.Processes;

/// <summary>A program to run, and all that it may see.</summary>
public sealed record ProcessSpec
{
    /// <summary>The program (a path, or a name that PATH finds inside the sandbox) and its arguments; no shell is involved.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Lines for standard input, each ended by a newline; then it is closed.</summary>
    public IReadOnlyList<string> StandardInput { get; init; } = [];

    /// <summary>The whole environment; PATH and HOME are added when missing.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>What appears under <c>/pfs</c> and elsewhere beyond the system's own folders.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Whom it runs as; null: as the server's user.</summary>
    public UserAccount? User { get; init; }

    /// <summary>The longest it may run; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    public ResourceLimits Limits { get; init; } = new();

    /// <summary>What the machine is called inside; null: as it is.</summary>
    public string? HostName { get; init; }

    /// <summary>False: no network but a loopback of its own.</summary>
    public bool HasNetwork { get; init; } = true;

    /// <summary>Paths below <c>/dev</c> that it may use beyond the usual ones.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];
}

/// <summary>A file or folder of this machine (an absolute path, its links already resolved) at a place inside the sandbox.</summary>
public sealed record Mount(string Source, string Target, bool Writable);

/// <summary>
/// Limits; null: none. Memory and processors are limits of everything in the sandbox where the server may make control groups;
/// elsewhere memory is a limit of each process, and processors are not limited.
/// </summary>
public sealed record ResourceLimits
{
    public long? MemoryBytes { get; init; }

    /// <summary>Processors, 0.5 for half of one.</summary>
    public double? Cpu { get; init; }

    /// <summary>Of each process.</summary>
    public long? OpenFiles { get; init; }
}
