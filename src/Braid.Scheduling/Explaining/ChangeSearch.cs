using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Explaining;

/// <summary>
/// Looks for the smallest change that gives a workload its place, by deciding on changed copies of the snapshot:
/// <code>
/// 1. every single change that the constraints suggest, the owner's own first, then queues, then others', then hardware;
/// 2. else all of them together, and then without each that is not needed, hardware first.
/// </code>
/// When there is no time to go on, all of them are tried together at least.
/// </summary>
/// <param name="mayGoOn">Whether one more is tried.</param>
internal sealed class ChangeSearch(Snapshot snapshot, Workload workload, Func<bool> mayGoOn)
{
    public FoundChanges Find(IReadOnlyList<BlockingConstraint> constraints)
    {
        List<Change> candidates = [.. constraints.SelectMany(Suggest).Concat(Overtake()).Distinct().OrderBy(Effort)];
        var isWhole = true;
        foreach (var change in candidates.TakeWhile(_ => isWhole = mayGoOn()))
        {
            if (Starts([change]))
            {
                return new([change], IsWhole: true);
            }
        }

        return candidates.Count > 1 && Starts(candidates) ? Reduce(candidates, isWhole) : new([], isWhole);
    }

    /// <summary>Without those that are not needed, as far as there is time.</summary>
    private FoundChanges Reduce(List<Change> changes, bool isWhole)
    {
        foreach (var change in changes.AsEnumerable().Reverse().ToList())
        {
            if (!(isWhole = isWhole && mayGoOn()))
            {
                break;
            }

            List<Change> without = [.. changes.Where(other => other != change)];
            changes = Starts(without) ? without : changes;
        }

        return new(changes, isWhole);
    }

    private bool Starts(List<Change> changes)
    {
        var changed = changes.Aggregate(snapshot, (current, change) => change.Apply(current, workload.Id));
        return Scheduler
            .Steps(changed)
            .Any(step => step.Workload == workload.Id && step is Decision.Bind or Decision.Promise);
    }

    private static int Effort(Change change) =>
        change switch
        {
            Change.Resume => 0,
            Change.MakePreemptible => 1,
            Change.Tolerate or Change.AddPool => 2,
            Change.DropNodeRules or Change.DropTopology => 3,
            Change.LowerMinimum => 4,
            Change.LookDeeper => 5,
            Change.RaiseLimit => 6,
            Change.RaiseQuota => 7,
            Change.EndWorkload => 8,
            Change.RaisePriority => 9,
            Change.Uncordon => 10,
            Change.RepairNodes => 11,
            _ => 12,
        };

    /// <summary>Before all others of its queue.</summary>
    private IEnumerable<Change> Overtake()
    {
        var highest = snapshot
            .Workloads.Where(other => other.Queue == workload.Queue && other.Id != workload.Id)
            .Max(other => (int?)other.Priority);
        return highest >= workload.Priority ? [new Change.RaisePriority(highest.Value + 1)] : [];
    }

    private IEnumerable<Change> Suggest(BlockingConstraint constraint) =>
        constraint switch
        {
            WorkloadSuspended => [new Change.Resume()],
            OverLimit over => [new Change.RaiseLimit(over.Queue, over.Resource, over.Allocated + over.Requested)],
            NonPreemptibleOverQuota over =>
            [
                new Change.MakePreemptible(),
                new Change.RaiseQuota(over.Queue, over.Resource, over.AllocatedNonPreemptible + over.Requested),
            ],
            FairShareReached reached =>
            [
                new Change.RaiseQuota(reached.Queue, reached.Resource, reached.Allocated + reached.Requested),
            ],
            GroupIncomplete { Gated: 0 } group =>
            [
                new Change.LowerMinimum(group.Group, Math.Max(1, group.Required - group.Missing)),
            ],
            GangUnmet { Found: > 0 } gang => [new Change.LowerMinimum(gang.Group, gang.Found), .. MoreNodes("gpu", 0)],
            TopologyUnmet => [new Change.DropTopology()],
            QueueDepthReached => [new Change.LookDeeper()],
            NodesExcluded excluded => Suggest(excluded),
            NotEnoughFree scarce =>
            [
                .. scarce.Holders.Select(holder => new Change.EndWorkload(holder.Workload, holder.Name)),
                .. MoreNodes(scarce.Resource, scarce.Requested),
            ],
            _ => [],
        };

    private IEnumerable<Change> Suggest(NodesExcluded excluded) =>
        excluded.Kind switch
        {
            ExclusionKind.NotReady => [new Change.RepairNodes(excluded.Nodes)],
            ExclusionKind.Cordoned => [new Change.Uncordon(excluded.Nodes)],
            ExclusionKind.Selector or ExclusionKind.Affinity => [new Change.DropNodeRules()],
            ExclusionKind.Taint => [new Change.Tolerate(excluded.Detail.Split('=')[0])],
            ExclusionKind.Pool =>
            [
                .. snapshot
                    .Nodes.Select(node => node.Pool)
                    .Distinct(StringComparer.Ordinal)
                    .Except(Fitting.NodeSets.PoolNames(workload))
                    .Order(StringComparer.Ordinal)
                    .Select(pool => new Change.AddPool(pool)),
            ],
            _ => [new Change.DropTopology()],
        };

    /// <summary>One more like the smallest that has enough; as many as there are replicas when one is not enough.</summary>
    private IEnumerable<Change> MoreNodes(string resource, double requested)
    {
        var like = snapshot
            .Nodes.Where(node =>
                Fitting.NodeSets.PoolNames(workload).Contains(node.Pool) && Has(node, resource) >= requested
            )
            .OrderBy(node => Has(node, resource))
            .ThenBy(node => node.Name, StringComparer.Ordinal)
            .FirstOrDefault(node => Has(node, resource) > 0);
        var replicas = workload.Groups.Sum(group => group.Replicas.Count);
        return like is null ? []
            : replicas > 1 ? [new Change.AddNodes(like.Name, 1), new Change.AddNodes(like.Name, replicas)]
            : [new Change.AddNodes(like.Name, 1)];
    }

    private static double Has(Node node, string resource) =>
        resource switch
        {
            "cpu" => node.CpuMillis,
            "memory" => node.MemoryBytes,
            "gpu" => node.Gpus.Count,
            "gpu-fraction" => node.Gpus.Count > 0 ? 1 : 0,
            "gpu-memory" => node.Gpus.Mebibytes,
            "replicas" => node.MaxReplicas,
            _ => node.Extended.GetValueOrDefault(resource)
                + node.MigInstances.FirstOrDefault(pair => Fitting.GpuNeed.NameOf(pair.Key) == resource).Value,
        };
}

/// <summary>What was found to give a workload its place.</summary>
/// <param name="IsWhole">All that could be less was tried.</param>
internal sealed record FoundChanges(IReadOnlyList<Change> Changes, bool IsWhole)
{
    public static FoundChanges None { get; } = new([], IsWhole: true);
}
