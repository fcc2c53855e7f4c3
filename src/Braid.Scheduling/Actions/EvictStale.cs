using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>
/// Ends what is left of gangs that have had fewer replicas than they must for longer than the grace: nothing comes of them, and
/// they hold what others could use.
/// </summary>
internal sealed class EvictStale(Cycle cycle)
{
    private readonly Session session = cycle.Session;

    /// <returns>What to remember of those that became, or are no longer, stale.</returns>
    public IReadOnlyList<StaleMark> Run()
    {
        var marks = new List<StaleMark>();
        foreach (var workload in session.Workloads)
        {
            var since = IsStale(workload) ? workload.Source.StaleSince ?? session.Now : (DateTimeOffset?)null;
            if (since != workload.Source.StaleSince)
            {
                marks.Add(new(workload.Source.Id, since));
            }

            if (since is { } start && session.Policy.StaleGrace is { } grace && session.Now - start >= grace)
            {
                Evict(workload);
            }
        }

        return marks;
    }

    /// <summary>Nothing of it has succeeded, something runs, and some group lacks what it must have.</summary>
    private static bool IsStale(SessionWorkload workload) =>
        Array.TrueForAll(workload.Groups, group => group.Succeeded == 0)
        && Array.Exists(workload.Groups, group => group.Using > 0)
        && !workload.IsGangSatisfied;

    private void Evict(SessionWorkload workload)
    {
        foreach (var replica in workload.Replicas.Where(replica => replica.MayBeEvicted).ToList())
        {
            session.Journal.Evict(replica);
        }

        cycle.Commit(EvictionReason.StaleGang, by: null);
    }
}
