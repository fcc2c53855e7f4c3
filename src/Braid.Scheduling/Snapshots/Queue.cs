using Braid.Primitives;

namespace Braid.Scheduling.Snapshots;

/// <summary>A place in the tree that resources are shared out along. Workloads wait in leaves.</summary>
/// <param name="Id">Unique in the snapshot.</param>
/// <param name="Name">What people call it.</param>
public sealed record Queue(QueueId Id, string Name)
{
    /// <summary>Null at the top.</summary>
    public QueueId? Parent { get; init; }

    /// <summary>A tier gets its surplus before every lower one.</summary>
    public int Priority { get; init; } = 100;

    public DateTimeOffset CreatedAt { get; init; }

    public Allowance Cpu { get; init; }

    public Allowance Memory { get; init; }

    public Allowance Gpu { get; init; }

    /// <summary>For how long after its start a workload is safe from preemption; null leaves it to the queues above.</summary>
    public TimeSpan? PreemptMinRuntime { get; init; }

    /// <summary>For how long after its start a workload is safe from being reclaimed; null leaves it to the queues above.</summary>
    public TimeSpan? ReclaimMinRuntime { get; init; }

    /// <summary>What it used of the cluster in the past, each resource from 0 to 1: more makes its part of a surplus smaller.</summary>
    public Resources PastUsage { get; init; }

    /// <summary>What is asked for besides by workloads that are left out of the snapshot, because as many before them need the same.</summary>
    public Resources Behind { get; init; }

    /// <summary>What it may have of one resource.</summary>
    public Allowance AllowanceOf(ResourceKind kind) =>
        kind switch
        {
            ResourceKind.Cpu => Cpu,
            ResourceKind.Memory => Memory,
            _ => Gpu,
        };
}

/// <summary>What a queue may have of one resource. The default is nothing at all.</summary>
/// <param name="Quota">Its own by right; <see cref="Unlimited"/> for whatever it asks for.</param>
/// <param name="Limit">Never more than this; <see cref="Unlimited"/> for no limit.</param>
/// <param name="Weight">Its part of what is left over, beside the weights of its siblings; 0 for none.</param>
public readonly record struct Allowance(double Quota, double Limit, double Weight)
{
    /// <summary>Stands for no bound.</summary>
    public const double Unlimited = -1;

    /// <summary>Whatever it asks for.</summary>
    public static Allowance Everything => new(Unlimited, Unlimited, 1);

    /// <summary>A quota, and an equal part of what is left over.</summary>
    public static Allowance Of(double quota) => new(quota, Unlimited, 1);
}
