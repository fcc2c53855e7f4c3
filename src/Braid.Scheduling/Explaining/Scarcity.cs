using Braid.Scheduling.Fitting;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Explaining;

/// <summary>Counts the nodes that a replica may not be on, and those that have too little of something.</summary>
internal sealed class Scarcity(Session session)
{
    private const int HoldersNamed = 3;

    private ILookup<SessionNode, SessionReplica>? onNodes;

    private ILookup<SessionNode, SessionReplica> OnNodes =>
        onNodes ??= session
            .Workloads.SelectMany(workload => workload.Replicas)
            .Where(replica => (replica.Given ?? replica.Held) is not null)
            .ToLookup(replica => (replica.Given ?? replica.Held)!);

    public IEnumerable<BlockingConstraint> Of(SessionWorkload workload, Demand demand)
    {
        var pools = NodeSets.PoolNames(workload.Source);
        var excluded = new Dictionary<Exclusion, int>();
        var considered = new List<SessionNode>();
        foreach (var node in session.Nodes)
        {
            if (Excluded(node, demand, pools) is { } exclusion)
            {
                excluded[exclusion] = excluded.GetValueOrDefault(exclusion) + 1;
            }
            else
            {
                considered.Add(node);
            }
        }

        var exclusions = excluded
            .OrderBy(pair => pair.Key.Kind)
            .ThenBy(pair => pair.Key.Detail, StringComparer.Ordinal)
            .Select(pair => new NodesExcluded(pair.Key.Kind, pair.Key.Detail, pair.Value, session.Nodes.Length));
        return
        [
            .. exclusions,
            .. Resources(demand).Select(resource => Short(resource, considered)).OfType<NotEnoughFree>(),
        ];
    }

    private static Exclusion? Excluded(SessionNode node, Demand demand, IReadOnlyList<string> pools) =>
        !node.Source.IsReady ? new(node.Source.IsCordoned ? ExclusionKind.Cordoned : ExclusionKind.NotReady, "")
        : !pools.Contains(node.Source.Pool) ? new(ExclusionKind.Pool, string.Join(", ", pools))
        : RuleMatch.Excluded(node.Source, demand.Rules.Rules);

    /// <summary>What the demand needs, each with how nodes and replicas are measured.</summary>
    private IEnumerable<Measure> Resources(Demand demand)
    {
        if (demand.CpuMillis > 0)
        {
            yield return new(
                "cpu",
                demand.CpuMillis,
                n => n.Future.CpuMillis,
                n => n.Source.CpuMillis,
                r => r.Demand.CpuMillis
            );
        }

        if (demand.MemoryBytes > 0)
        {
            yield return new(
                "memory",
                demand.MemoryBytes,
                node => node.Future.MemoryBytes,
                node => node.Source.MemoryBytes,
                replica => replica.Demand.MemoryBytes
            );
        }

        if (demand.Gpu.Kind is GpuNeedKind.Whole or GpuNeedKind.Part)
        {
            yield return OfDevices(demand.Gpu);
        }

        foreach (var (name, amount) in demand.Named)
        {
            yield return new(
                session.Names.NameOf(name),
                amount,
                node => node.Future.Named(name),
                node => Capacity(node, name),
                replica => replica.Demand.Named.FirstOrDefault(named => named.Name == name).Amount
            );
        }

        yield return new("replicas", 1, node => node.Future.Replicas, node => node.Source.MaxReplicas, _ => 1);
    }

    /// <summary>Whole devices by number; parts in devices, or in MiB, of the emptiest devices that would have to take them.</summary>
    private static Measure OfDevices(GpuNeed need) =>
        need.Kind == GpuNeedKind.Whole
            ? new(
                "gpu",
                need.Devices,
                node => node.WholeFuture,
                node => node.Source.Gpus.Count,
                replica => replica.Cost.Gpus
            )
        : need.Mebibytes > 0
            ? new(
                "gpu-memory",
                need.Mebibytes,
                node => PortionFree(node, need.Devices) * node.Source.Gpus.Mebibytes,
                node => node.Source.Gpus.Count >= need.Devices ? node.Source.Gpus.Mebibytes : 0,
                replica => replica.Cost.Gpus
            )
        : new(
            "gpu-fraction",
            need.Portion,
            node => PortionFree(node, need.Devices),
            node => node.Source.Gpus.Count >= need.Devices ? 1 : 0,
            replica => replica.Cost.Gpus
        );

    /// <summary>What is free on each of the <paramref name="devices"/> emptiest devices.</summary>
    private static double PortionFree(SessionNode node, int devices) =>
        node.DeviceFuture.Length < devices
            ? 0
            : node.DeviceFuture.OrderDescending().ElementAt(devices - 1) / (double)node.DeviceUnits;

    private double Capacity(SessionNode node, int name)
    {
        var text = session.Names.NameOf(name);
        var instances = node.Source.MigInstances.FirstOrDefault(pair => GpuNeed.NameOf(pair.Key) == text).Value;
        return instances > 0 ? instances : node.Source.Extended.GetValueOrDefault(text);
    }

    private NotEnoughFree? Short(Measure measure, List<SessionNode> considered)
    {
        var scarce = considered.Where(node => measure.Free(node) < measure.Needed - 1e-9).ToList();
        return scarce.Count == 0
            ? null
            : new(
                measure.Name,
                measure.Needed,
                Math.Max(0, scarce.Max(measure.Free)),
                scarce.Max(measure.Capacity),
                scarce.Count,
                considered.Count,
                Holders(measure, scarce)
            );
    }

    private List<Holder> Holders(Measure measure, List<SessionNode> nodes) =>
        [
            .. nodes
                .SelectMany(node => OnNodes[node])
                .Select(replica => (replica.Workload, Amount: measure.Held(replica)))
                .Where(held => held.Amount > 0)
                .GroupBy(held => held.Workload)
                .Select(holder => new Holder(
                    holder.Key.Source.Id,
                    holder.Key.Source.Name,
                    holder.Key.Source.Queue,
                    holder.Sum(held => held.Amount)
                ))
                .OrderByDescending(holder => holder.Amount)
                .ThenBy(holder => holder.Workload)
                .Take(HoldersNamed),
        ];

    private sealed record Measure(
        string Name,
        double Needed,
        Func<SessionNode, double> Free,
        Func<SessionNode, double> Capacity,
        Func<SessionReplica, double> Held
    );
}
