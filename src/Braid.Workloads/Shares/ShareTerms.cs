namespace Braid.Workloads.Shares;

/// <summary>What a share may have, and how long.</summary>
public sealed record ShareTerms
{
    /// <summary>In thousandths of a processor.</summary>
    public ResourceTerms Cpu { get; init; } = new();

    /// <summary>In bytes.</summary>
    public ResourceTerms Memory { get; init; } = new();

    /// <summary>In devices; fractions are allowed.</summary>
    public ResourceTerms Gpu { get; init; } = new();

    /// <summary>Siblings of a higher one get what nobody can count on first.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>How long work runs before its own share's more important work may take its place.</summary>
    public TimeSpan? PreemptMinRuntime { get; init; }

    /// <summary>How long work runs before other shares may take back what is theirs.</summary>
    public TimeSpan? ReclaimMinRuntime { get; init; }

    /// <summary>Where its work may run, in order of preference; empty for anywhere.</summary>
    public IReadOnlyList<string> NodePools { get; init; } = [];

    /// <summary>Values of the node label <c>run.ai/type</c> on which trainings may run; empty for any.</summary>
    public IReadOnlyList<string> TrainNodeTypes { get; init; } = [];

    /// <summary>The same for interactive work.</summary>
    public IReadOnlyList<string> InteractiveNodeTypes { get; init; } = [];

    /// <summary>How long trainings run at most.</summary>
    public TimeSpan? TrainTimeLimit { get; init; }

    /// <summary>The same for interactive work.</summary>
    public TimeSpan? InteractiveTimeLimit { get; init; }

    /// <summary>How long trainings hold places without doing anything (Run:ai): without use of their GPUs, or of a processor.</summary>
    public TimeSpan? TrainIdleLimit { get; init; }

    /// <summary>The same for interactive work that others must not interrupt.</summary>
    public TimeSpan? InteractiveIdleLimit { get; init; }

    /// <summary>The same for interactive work that may be interrupted.</summary>
    public TimeSpan? PreemptibleIdleLimit { get; init; }

    /// <summary>Why these are no terms; null when they are.</summary>
    internal string? Fault =>
        Cpu.Fault is { } cpu ? $"cpu: {cpu}"
        : Memory.Fault is { } memory ? $"memory: {memory}"
        : Gpu.Fault is { } gpu ? $"gpu: {gpu}"
        : IsNegative(
            PreemptMinRuntime,
            ReclaimMinRuntime,
            TrainTimeLimit,
            InteractiveTimeLimit,
            TrainIdleLimit,
            InteractiveIdleLimit,
            PreemptibleIdleLimit
        )
            ? "times are not negative"
        : null;

    private static bool IsNegative(params ReadOnlySpan<TimeSpan?> times)
    {
        foreach (var time in times)
        {
            if (time < TimeSpan.Zero)
            {
                return true;
            }
        }

        return false;
    }
}
