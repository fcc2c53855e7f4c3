using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Ordering;

/// <summary>What a queue brings to a comparison with its siblings, with the workload that it would be given something for.</summary>
/// <param name="With">Its dominant share with the workload.</param>
/// <param name="Without">Its dominant share as it is.</param>
internal readonly record struct QueueStanding(
    bool IsOverUtilised,
    bool IsOverQuota,
    int Priority,
    bool UsesForbidden,
    double With,
    double Without,
    Resources AllocatableShare,
    int Rank
);

/// <summary>
/// Which of two sibling queues gets something next, each with the workload that it would be given for. The first that
/// makes a difference decides:
/// <code>
/// 1. not over its fair share in everything     5. the smaller dominant share with the workload
/// 2. within its quota with the workload        6. the smaller dominant share without
/// 3. the higher priority                       7. the smaller share, in one resource and no larger in any
/// 4. uses nothing of which it may have none    8. the older
/// </code>
/// Victims are taken in exactly the reverse order, with what they lose subtracted.
/// </summary>
internal sealed class QueueOrder(Resources total)
{
    /// <summary>What a queue that may have none of something has of it weighs this much.</summary>
    private const double Penalty = 1000;

    /// <param name="queue">As it is now.</param>
    /// <param name="change">What its workload adds.</param>
    public QueueStanding Of(SessionQueue queue, Resources change)
    {
        var with = queue.Allocated + change;
        return new(
            queue.IsOverUtilised,
            !with.IsWithin(queue.Quota),
            queue.Source.Priority,
            UsesForbidden(queue.AllocatableShare, with),
            DominantShare(queue.AllocatableShare, with),
            DominantShare(queue.AllocatableShare, queue.Allocated),
            queue.AllocatableShare,
            queue.Rank
        );
    }

    public static int Compare(in QueueStanding left, in QueueStanding right)
    {
        var decided = left.IsOverUtilised.CompareTo(right.IsOverUtilised);
        decided = decided != 0 ? decided : left.IsOverQuota.CompareTo(right.IsOverQuota);
        decided = decided != 0 ? decided : right.Priority.CompareTo(left.Priority);
        decided = decided != 0 ? decided : left.UsesForbidden.CompareTo(right.UsesForbidden);
        decided = decided != 0 ? decided : CompareShares(left.With, right.With);
        decided = decided != 0 ? decided : CompareShares(left.Without, right.Without);
        decided = decided != 0 ? decided : CompareEntitled(left.AllocatableShare, right.AllocatableShare);
        return decided != 0 ? decided : left.Rank.CompareTo(right.Rank);
    }

    private static bool UsesForbidden(Resources may, Resources with) =>
        IsForbidden(may.CpuMillis, with.CpuMillis)
        || IsForbidden(may.MemoryBytes, with.MemoryBytes)
        || IsForbidden(may.Gpus, with.Gpus);

    private static bool IsForbidden(double may, double with) => may <= 0 && with > Amounts.Nothing;

    private double DominantShare(Resources may, Resources allocated) =>
        Math.Max(
            Math.Max(0, Share(may.CpuMillis, allocated.CpuMillis, total.CpuMillis)),
            Math.Max(
                Share(may.MemoryBytes, allocated.MemoryBytes, total.MemoryBytes),
                Share(may.Gpus, allocated.Gpus, total.Gpus)
            )
        );

    private static double Share(double may, double allocated, double total)
    {
        may = double.IsPositiveInfinity(may) ? total : may;
        return may > 0 ? allocated / may : allocated * Penalty;
    }

    private static int CompareShares(double left, double right) =>
        Math.Abs(left - right) <= 1e-12 * Math.Max(left, right) ? 0 : left.CompareTo(right);

    private static int CompareEntitled(Resources left, Resources right)
    {
        var leftWithin = left.IsWithin(right);
        var rightWithin = right.IsWithin(left);
        return leftWithin == rightWithin ? 0
            : leftWithin ? -1
            : 1;
    }
}
