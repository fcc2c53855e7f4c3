using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Ordering;

/// <summary>Replicas of one workload that are placed together, or evicted together.</summary>
/// <param name="Replicas">In the order of their groups, then of their ranks.</param>
/// <param name="Cost">What they count for their queue.</param>
internal sealed record TaskSet(IReadOnlyList<SessionReplica> Replicas, Resources Cost)
{
    public static TaskSet Empty { get; } = new([], default);

    public int Count => Replicas.Count;

    /// <summary>
    /// What a workload is to be given next: all that any group lacks of what it must have; with all of that there, one
    /// replica more of the group that is first in line, so that growth competes with everybody for every replica.
    /// </summary>
    public static TaskSet NextOf(SessionWorkload workload)
    {
        if (!workload.IsGangActive)
        {
            return Of(Lacking(workload));
        }

        var grows = First(workload.Groups, group => group.Pending > 0);
        return grows is null ? Empty : Of([Pending(grows).First()]);
    }

    /// <summary>
    /// What a workload loses next: one replica of the group that is last in line among those above their minimum; with
    /// none above, everything at once.
    /// </summary>
    public static TaskSet VictimsOf(SessionWorkload workload)
    {
        if (workload.IsAboveMin && Last(workload.Groups, HasSurplus) is { } shrinks)
        {
            return Of([Evictable(shrinks).Last()]);
        }

        return Of(Evictable(workload));
    }

    private static List<SessionReplica> Lacking(SessionWorkload workload)
    {
        var lacking = new List<SessionReplica>();
        foreach (var group in workload.Groups)
        {
            var missing = group.Min - group.Active;
            for (var at = 0; at < group.Replicas.Length && missing > 0; at++)
            {
                if (group.Replicas[at].State == ReplicaState.Pending)
                {
                    lacking.Add(group.Replicas[at]);
                    missing--;
                }
            }
        }

        return lacking;
    }

    private static List<SessionReplica> Evictable(SessionWorkload workload)
    {
        var evictable = new List<SessionReplica>();
        foreach (var group in workload.Groups)
        {
            foreach (var replica in group.Replicas)
            {
                if (replica.MayBeEvicted)
                {
                    evictable.Add(replica);
                }
            }
        }

        return evictable;
    }

    private static bool HasSurplus(SessionGroup group) => group.Active > group.Min && Evictable(group).Any();

    public static TaskSet Of(IReadOnlyList<SessionReplica> replicas)
    {
        var cost = default(Resources);
        foreach (var replica in replicas)
        {
            cost = cost.Plus(replica.Cost);
        }

        return new(replicas, cost);
    }

    private static IEnumerable<SessionReplica> Pending(SessionGroup group) =>
        group.Replicas.Where(replica => replica.State == ReplicaState.Pending);

    private static IEnumerable<SessionReplica> Evictable(SessionGroup group) =>
        group.Replicas.Where(replica => replica.MayBeEvicted);

    private static SessionGroup? First(SessionGroup[] groups, Func<SessionGroup, bool> counts) =>
        groups.Where(counts).Order(GroupOrder.Instance).FirstOrDefault();

    private static SessionGroup? Last(SessionGroup[] groups, Func<SessionGroup, bool> counts) =>
        groups.Where(counts).Order(GroupOrder.Instance).LastOrDefault();

    /// <summary>Below its minimum first, then the smaller part of its minimum, then the name.</summary>
    private sealed class GroupOrder : IComparer<SessionGroup>
    {
        public static readonly GroupOrder Instance = new();

        public int Compare(SessionGroup? left, SessionGroup? right) =>
            (left, right) is (null, _) or (_, null) ? 0
            : (left.Active >= left.Min).CompareTo(right.Active >= right.Min) is var below and not 0 ? below
            : Ratio(left).CompareTo(Ratio(right)) is var ratio and not 0 ? ratio
            : string.CompareOrdinal(left.Source.Name, right.Source.Name);

        private static double Ratio(SessionGroup group) => (double)group.Active / Math.Max(1, group.Min);
    }
}
