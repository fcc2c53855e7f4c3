using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>
/// Whether queues have room: nobody goes over a limit, and what may not be evicted stays within the quota of every queue
/// above it. Only resources that are asked for count.
/// </summary>
internal static class QueueRoom
{
    public static bool Has(SessionWorkload workload, Resources asked)
    {
        foreach (var queue in workload.Queue!.Path)
        {
            if (!IsRoom(queue.Allocated, asked, queue.Limit))
            {
                return false;
            }
        }

        return HasQuota(workload, asked);
    }

    /// <summary>Whether what may not be evicted stays within quotas; true for what may.</summary>
    public static bool HasQuota(SessionWorkload workload, Resources asked) =>
        workload.IsPreemptible
        || Array.TrueForAll(workload.Queue!.Path, queue => IsRoom(queue.AllocatedNonPreemptible, asked, queue.Quota));

    /// <summary>Every queue on the way up, and every resource, that has none.</summary>
    public static IEnumerable<BlockingConstraint> Missing(SessionWorkload workload, Resources asked)
    {
        foreach (var queue in workload.Queue!.Path)
        {
            foreach (var kind in Amounts.Kinds.Where(kind => asked[kind] > Amounts.Nothing))
            {
                if (queue.Allocated[kind] + asked[kind] > queue.Limit[kind] + Amounts.Nothing)
                {
                    yield return new OverLimit(
                        queue.Source.Name,
                        kind,
                        queue.Limit[kind],
                        queue.Allocated[kind],
                        asked[kind]
                    );
                }

                var quota = queue.Quota[kind];
                var used = queue.AllocatedNonPreemptible[kind];
                if (!workload.IsPreemptible && used + asked[kind] > quota + Amounts.Nothing)
                {
                    yield return new NonPreemptibleOverQuota(queue.Source.Name, kind, quota, used, asked[kind]);
                }
            }
        }
    }

    private static bool IsRoom(Resources has, Resources asked, Resources most) =>
        IsRoom(has.CpuMillis, asked.CpuMillis, most.CpuMillis)
        && IsRoom(has.MemoryBytes, asked.MemoryBytes, most.MemoryBytes)
        && IsRoom(has.Gpus, asked.Gpus, most.Gpus);

    private static bool IsRoom(double has, double asked, double most) =>
        asked <= Amounts.Nothing || has + asked <= most + Amounts.Nothing;
}
