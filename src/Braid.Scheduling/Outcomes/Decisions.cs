using Braid.Primitives;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Outcomes;

/// <summary>What a cycle decided, and why what waits still waits.</summary>
/// <param name="Steps">In the order in which they are to be taken.</param>
/// <param name="Waits">Every workload that has replicas to place and got no place for what it must have.</param>
/// <param name="Shares">What each queue has and may have, from before the steps, in the order of their ids.</param>
/// <param name="StaleMarks">What to remember of workloads that began or ceased to have fewer replicas than they must.</param>
public sealed record Decisions(
    IReadOnlyList<Decision> Steps,
    IReadOnlyList<Wait> Waits,
    IReadOnlyList<QueueShares> Shares,
    IReadOnlyList<StaleMark> StaleMarks
);

/// <summary>A workload that waits.</summary>
/// <param name="Constraints">All that has to go before it can start.</param>
public sealed record Wait(RunId Workload, IReadOnlyList<BlockingConstraint> Constraints);

/// <summary>To be kept as <see cref="Workload.StaleSince"/>; null when it has all that it must have again.</summary>
public sealed record StaleMark(RunId Workload, DateTimeOffset? Since);

/// <summary>A queue's part of the cluster.</summary>
/// <param name="Queue">Which one.</param>
/// <param name="FairShare">What it is entitled to now, given what all ask for.</param>
/// <param name="Allocated">What its workloads have, its descendants' included.</param>
/// <param name="AllocatedNonPreemptible">What of it nobody may take.</param>
/// <param name="Requested">What its workloads have and ask for.</param>
public sealed record QueueShares(
    QueueId Queue,
    Resources FairShare,
    Resources Allocated,
    Resources AllocatedNonPreemptible,
    Resources Requested
);
