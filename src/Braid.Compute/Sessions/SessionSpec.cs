using Braid.Compute.Processes;
using Braid.Compute.Users;

namespace Braid.Compute.Sessions;

/// <summary>A sandbox that stays, and what everything that runs in it sees.</summary>
public sealed record SessionSpec
{
    /// <summary>The environment of every command; PATH and HOME are added when missing.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What appears under <c>/pfs</c> and elsewhere beyond the system's own folders.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Whom commands run as; null: as the server's user.</summary>
    public UserAccount? User { get; init; }

    public ResourceLimits Limits { get; init; } = new();

    /// <summary>The GPUs that commands may use, by their numbers or UUIDs.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];
}

/// <summary>One command of a session.</summary>
public sealed record SessionCommand
{
    /// <summary>The program and its arguments; no shell interprets them.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Lines for standard input, each ended by a newline; then it is closed.</summary>
    public IReadOnlyList<string> StandardInput { get; init; } = [];

    /// <summary>Variables beyond those of the session, and in place of those of the same name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>The longest it may run; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
