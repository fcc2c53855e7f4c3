using Braid.Scheduling.Actions;
using Braid.Scheduling.Fitting;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Explaining;

/// <summary>
/// Says of every workload that waits at the end of a cycle what it waits for:
/// <code>
/// 1. its queue, its owner, and its own replicas;
/// 2. the limits and quotas of the queues above it;
/// 3. what it was promised; else
/// 4. what the nodes lack, and why nobody is displaced for it.
/// </code>
/// </summary>
internal sealed class WaitFinder(Cycle cycle)
{
    private readonly NodeConstraints nodes = new(cycle);

    /// <summary>Null for a workload that does not wait.</summary>
    public Wait? Find(SessionWorkload workload) =>
        IsWaiting(workload) ? new(workload.Source.Id, [.. Constraints(workload)]) : null;

    public IReadOnlyList<Wait> Find() =>
        [
            .. cycle
                .Session.Workloads.Where(IsWaiting)
                .Select(workload => new Wait(workload.Source.Id, [.. Constraints(workload)])),
        ];

    /// <summary>Something of it is to be placed, and some group runs with less than it must.</summary>
    private static bool IsWaiting(SessionWorkload workload) =>
        Array.Exists(workload.Groups, group => group.Pending + group.Gated + group.Promised > 0)
        && (
            Array.Exists(workload.Groups, group => group.Allocated < group.Min)
            || Array.TrueForAll(workload.Groups, group => group.Allocated == 0)
        );

    private IEnumerable<BlockingConstraint> Constraints(SessionWorkload workload)
    {
        List<BlockingConstraint> own = [.. OfQueue(workload), .. OfItself(workload)];
        if (own.Count > 0)
        {
            return workload.Queue is null ? own : [.. own, .. QueueRoom.Missing(workload, workload.Next.Cost)];
        }

        var room = QueueRoom.Missing(workload, workload.Next.Cost);
        return OfPromises(workload) is { } promised
            ? [promised, .. room]
            : [.. room, .. OfDepth(workload), .. nodes.Of(workload)];
    }

    private static IEnumerable<BlockingConstraint> OfQueue(SessionWorkload workload)
    {
        if (workload.Queue is not { } queue)
        {
            yield return new QueueMissing(workload.Source.Queue);
            yield break;
        }

        if (queue.Children.Count > 0)
        {
            yield return new QueueNotLeaf(queue.Source.Name, queue.Children.Count);
        }

        if (QueueTree.Broken(queue) is { Source: { Parent: { } parent, Name: var name } })
        {
            yield return new ParentQueueMissing(name, parent);
        }
    }

    private static IEnumerable<BlockingConstraint> OfItself(SessionWorkload workload)
    {
        if (workload.Source.IsSuspended)
        {
            yield return new WorkloadSuspended();
        }

        foreach (
            var group in workload.Groups.Where(group => group.Placeable < Math.Max(group.Min, group.Gated > 0 ? 1 : 0))
        )
        {
            var missing = Math.Max(0, group.Min - group.Placeable - group.Gated);
            yield return new GroupIncomplete(group.Source.Name, group.Min, missing, group.Gated);
        }
    }

    private static WaitingForPromised? OfPromises(SessionWorkload workload)
    {
        var promised = workload.Replicas.Where(replica => replica.State == ReplicaState.Promised).ToList();
        return promised.Count == 0
            ? null
            : new(
                promised.Count,
                [.. promised.Select(replica => replica.Given!.Source.Name).Distinct().Order(StringComparer.Ordinal)]
            );
    }

    private IEnumerable<BlockingConstraint> OfDepth(SessionWorkload workload) =>
        cycle.PassedOver.TryGetValue(workload, out var depth)
            ? [new QueueDepthReached(workload.Queue!.Source.Name, depth)]
            : [];
}
