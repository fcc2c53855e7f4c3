namespace Braid.Agent.Protocol;

/// <summary>What attempts use of their machine.</summary>
public sealed record NodeUsage(string Node, string Epoch, IReadOnlyList<AttemptUsage> Attempts);

/// <summary>What an attempt uses.</summary>
/// <param name="Second">How long it has run.</param>
/// <param name="CpuPercent">Of one processor, since it was last asked.</param>
/// <param name="MemoryBytes">Now.</param>
public sealed record AttemptUsage(
    AttemptName Attempt,
    DateTimeOffset At,
    long Second,
    double CpuPercent,
    long MemoryBytes
);

/// <param name="Over">Attempts whose use was not taken: they are over.</param>
public sealed record NodeUsageAnswer(IReadOnlyList<AttemptName> Over);
