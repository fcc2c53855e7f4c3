namespace Braid.Scheduling.Snapshots;

/// <summary>What the cluster's administrators choose.</summary>
public sealed record Policy
{
    public static Policy Default { get; } = new();

    /// <summary>Where replicas with GPUs go first.</summary>
    public Placement GpuPlacement { get; init; } = Placement.BinPack;

    /// <summary>Where replicas without GPUs go first.</summary>
    public Placement CpuPlacement { get; init; } = Placement.BinPack;

    /// <summary>How much the past counts when a surplus is shared out; 0 for not at all.</summary>
    public double PastUsageFactor { get; init; } = 1;

    /// <summary>How many replicas one consolidation may move; null for no bound.</summary>
    public int? MaxMoves { get; init; } = 16;

    /// <summary>For how long a workload may have fewer replicas than it must have; null for ever.</summary>
    public TimeSpan? StaleGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>At least 1: how much worse off than its victims a reclaiming queue must stay.</summary>
    public double SaturationMultiplier { get; init; } = 1;

    /// <summary>Whether reclaiming may move replicas; those that were only moved count as not reclaimed.</summary>
    public bool MayMoveToReclaim { get; init; } = true;

    /// <summary>How far a queue may take back what others have.</summary>
    public ReclaimGoal ReclaimUpTo { get; init; } = ReclaimGoal.FairShare;

    /// <summary>A waiting workload's priority in its queue rises by one for each of these; null for never.</summary>
    public TimeSpan? AgingStep { get; init; }

    /// <summary>How many workloads of each queue each action looks at.</summary>
    public QueueDepths Depths { get; init; } = QueueDepths.Unlimited;

    /// <summary>
    /// How many sets of victims each action tries for one workload before it lets it wait; bounds the work of a cycle.
    /// </summary>
    public int MaxScenarios { get; init; } = 100;
}

/// <summary>Which of the nodes that fit is taken.</summary>
public enum Placement
{
    /// <summary>The fullest.</summary>
    BinPack,

    /// <summary>The emptiest.</summary>
    Spread,
}

/// <summary>How far a queue may take back what others have.</summary>
public enum ReclaimGoal
{
    /// <summary>Up to its fair share.</summary>
    FairShare,

    /// <summary>Up to its quota only; what is left over stays with whoever has it.</summary>
    Quota,
}

/// <summary>How many workloads of each queue each action looks at; null for all.</summary>
public sealed record QueueDepths(int? Allocate, int? Consolidate, int? Reclaim, int? Preempt)
{
    public static QueueDepths Unlimited { get; } = new(null, null, null, null);
}
