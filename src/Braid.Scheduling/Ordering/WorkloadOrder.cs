using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Ordering;

/// <summary>
/// Which of two workloads of one queue comes first: the higher priority; then the one further from having what it must
/// (below, exactly, above); then the older.
/// </summary>
internal static class WorkloadOrder
{
    public static int Compare(SessionWorkload left, SessionWorkload right)
    {
        var priority = right.Priority.CompareTo(left.Priority);
        if (priority != 0)
        {
            return priority;
        }

        var standing = left.Fullness.CompareTo(right.Fullness);
        return standing != 0 ? standing : left.Rank.CompareTo(right.Rank);
    }
}
