using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Ordering;

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

    public int Compare(SessionQueue left, Resources leftChange, SessionQueue right, Resources rightChange)
    {
        var leftWith = left.Allocated + leftChange;
        var rightWith = right.Allocated + rightChange;
        var decided = left.IsOverUtilised.CompareTo(right.IsOverUtilised);
        decided = decided != 0 ? decided : rightWith.IsWithin(right.Quota).CompareTo(leftWith.IsWithin(left.Quota));
        decided = decided != 0 ? decided : right.Source.Priority.CompareTo(left.Source.Priority);
        decided = decided != 0 ? decided : UsesForbidden(left, leftWith).CompareTo(UsesForbidden(right, rightWith));
        decided =
            decided != 0 ? decided : CompareShares(DominantShare(left, leftWith), DominantShare(right, rightWith));
        decided =
            decided != 0
                ? decided
                : CompareShares(DominantShare(left, left.Allocated), DominantShare(right, right.Allocated));
        decided = decided != 0 ? decided : CompareEntitled(left.AllocatableShare, right.AllocatableShare);
        return decided != 0 ? decided : left.Rank.CompareTo(right.Rank);
    }

    private static bool UsesForbidden(SessionQueue queue, Resources with)
    {
        foreach (var kind in Amounts.Kinds)
        {
            if (queue.AllocatableShare[kind] <= 0 && with[kind] > Amounts.Nothing)
            {
                return true;
            }
        }

        return false;
    }

    private double DominantShare(SessionQueue queue, Resources allocated)
    {
        var dominant = 0.0;
        foreach (var kind in Amounts.Kinds)
        {
            var may = queue.AllocatableShare[kind];
            may = double.IsPositiveInfinity(may) ? total[kind] : may;
            dominant = Math.Max(dominant, may > 0 ? allocated[kind] / may : allocated[kind] * Penalty);
        }

        return dominant;
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
