using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Actions;

/// <summary>What the owner of an evicted replica is told.</summary>
internal static class EvictionText
{
    public static string Of(SessionReplica replica, EvictionReason reason, SessionWorkload? by) =>
        reason switch
        {
            EvictionReason.Preempted =>
                $"Replica {replica.Source.Id} was preempted by higher priority workload {by?.Source.Name}",
            EvictionReason.Reclaimed =>
                $"Replica {replica.Source.Id} was preempted by workload {by?.Source.Name}. {Standing(replica.Workload.Queue)} "
                    + Standing(by?.Queue),
            EvictionReason.Consolidated =>
                $"Replica {replica.Source.Id} was preempted and rescheduled due to bin packing (resource consolidation) procedure",
            _ =>
                $"Workload doesn't meet the minimum required number of replicas ({Minimum(replica.Workload)}), evicting "
                    + $"remaining replica {replica.Source.Id}",
        };

    private static int Minimum(SessionWorkload workload) => workload.Groups.Sum(group => group.Min);

    private static string Standing(SessionQueue? queue) =>
        queue is null
            ? ""
            : $"{queue.Source.Name} uses {Amounts(queue.AllocatedAtStart)} with a quota of {Amounts(queue.Quota)}, fair-share of "
                + $"{Amounts(queue.FairShare)} and queue priority of {queue.Source.Priority}.";

    private static string Amounts(Resources amounts) =>
        string.Join(", ", Sharing.Amounts.Kinds.Reverse().Select(kind => Wording.Amount(kind, amounts[kind])));
}
