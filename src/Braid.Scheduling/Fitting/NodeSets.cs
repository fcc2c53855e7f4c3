using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;
using Braid.Scheduling.Sharing;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>The sets of nodes that a workload, or a group, is tried on, best first.</summary>
internal sealed class NodeSets
{
    private readonly Session session;
    private readonly TopologyMap map;
    private readonly Dictionary<string, NodeSet> pools;
    private readonly NodeSet[] standard;

    public NodeSets(Session session)
    {
        this.session = session;
        map = new(session.Snapshot.Topologies, session.Nodes);
        pools = session
            .Nodes.GroupBy(node => node.Source.Pool, StringComparer.Ordinal)
            .ToDictionary(
                pool => pool.Key,
                pool => new NodeSet([.. pool.Select(node => node.Index)]),
                StringComparer.Ordinal
            );
        standard = pools.TryGetValue(Node.DefaultPool, out var nodes) ? [nodes] : [];
    }

    public TopologyMap Map => map;

    /// <summary>The pools that a workload may be in: the one that it already is in, or those that it names, in its order.</summary>
    public IEnumerable<NodeSet> PoolsOf(SessionWorkload workload)
    {
        if (workload.Source.Pools.Count == 0)
        {
            return standard;
        }

        var names = PoolNames(workload.Source);
        if (names.Count > 1 && NodesOf(workload.Groups).FirstOrDefault() is { } node)
        {
            names = [node.Source.Pool];
        }

        return names.Select(name => pools.GetValueOrDefault(name)).OfType<NodeSet>();
    }

    public static IReadOnlyList<string> PoolNames(Workload workload) =>
        workload.Pools.Count == 0 ? [Node.DefaultPool] : workload.Pools;

    /// <summary>
    /// From the narrowest level that is wished for to the widest that is allowed. Of one level's domains the one that the
    /// tasks fill most comes first; those that cannot hold them are left out.
    /// </summary>
    /// <param name="groups">Those whose replicas are to lie together; where some already are binds the others.</param>
    public IEnumerable<NodeSet> Within(
        NodeSet scope,
        TopologyConstraint? constraint,
        IReadOnlyList<SessionGroup> groups,
        TaskSet tasks
    )
    {
        if (constraint is null)
        {
            return [scope];
        }

        return map.Find(constraint.Topology) is { } topology ? Within(scope, topology, constraint, groups, tasks) : [];
    }

    /// <summary>How many domains of the required level there are.</summary>
    public int CountDomains(TopologyConstraint constraint) =>
        map.Find(constraint.Topology) is { } topology
        && TopologyMap.LevelOf(topology, constraint.Required) is >= 0 and var level
            ? map.DomainsAt(topology, level)
                .Where(domain => domain is not null)
                .Distinct(StringComparer.Ordinal)
                .Count()
            : 0;

    private IEnumerable<NodeSet> Within(
        NodeSet scope,
        Topology topology,
        TopologyConstraint constraint,
        IReadOnlyList<SessionGroup> groups,
        TaskSet tasks
    )
    {
        var required = TopologyMap.LevelOf(topology, constraint.Required);
        var preferred = Math.Max(required, TopologyMap.LevelOf(topology, constraint.Preferred));
        if (constraint.Required is not null)
        {
            if (required < 0)
            {
                yield break;
            }

            scope = Bound(scope, map.DomainsAt(topology, required), groups);
        }

        for (var level = preferred; level >= Math.Max(required, 0); level--)
        {
            var ranks = level < preferred ? Ranks(scope, map.DomainsAt(topology, preferred), tasks) : null;
            foreach (var domain in DomainsOf(scope, map.DomainsAt(topology, level), tasks))
            {
                yield return new(domain, ranks);
            }
        }

        if (required < 0)
        {
            yield return preferred < 0
                ? scope
                : scope with
                {
                    Ranks = Ranks(scope, map.DomainsAt(topology, preferred), tasks),
                };
        }
    }

    /// <summary>Where some replicas of the groups are, the others must be.</summary>
    private static NodeSet Bound(NodeSet scope, string?[] domains, IReadOnlyList<SessionGroup> groups)
    {
        var node = NodesOf(groups).FirstOrDefault();
        return node is null ? scope : new([.. scope.Nodes.Where(index => domains[index] == domains[node.Index])]);
    }

    private static IEnumerable<SessionNode> NodesOf(IEnumerable<SessionGroup> groups) =>
        groups
            .SelectMany(group => group.Replicas)
            .Where(replica => replica.State.IsActive())
            .Select(replica => replica.Given ?? replica.Held)
            .OfType<SessionNode>();

    private IEnumerable<int[]> DomainsOf(NodeSet scope, string?[] domains, TaskSet tasks) =>
        scope
            .Nodes.Where(index => domains[index] is not null)
            .GroupBy(index => domains[index], StringComparer.Ordinal)
            .Select(domain => (domain.Key, Nodes: domain.ToArray(), Free: FutureOf(domain)))
            .Where(domain => tasks.Cost.IsWithin(domain.Free))
            .OrderBy(domain => Weight(domain.Free, tasks))
            .ThenBy(domain => domain.Key, StringComparer.Ordinal)
            .Select(domain => domain.Nodes);

    /// <summary>Nodes of a domain with more free are better.</summary>
    private int[] Ranks(NodeSet scope, string?[] domains, TaskSet tasks)
    {
        var ranks = new int[session.Nodes.Length];
        var byFree = scope
            .Nodes.Where(index => domains[index] is not null)
            .GroupBy(index => domains[index], StringComparer.Ordinal)
            .OrderBy(domain => Weight(FutureOf(domain), tasks))
            .ThenByDescending(domain => domain.Key, StringComparer.Ordinal);
        foreach (var (rank, domain) in byFree.Index())
        {
            foreach (var index in domain)
            {
                ranks[index] = rank + 1;
            }
        }

        return ranks;
    }

    private static double Weight(Resources free, TaskSet tasks) => tasks.Cost.Gpus > 0 ? free.Gpus : free.CpuMillis;

    private Resources FutureOf(IEnumerable<int> indices)
    {
        var sum = default(Resources);
        foreach (var index in indices)
        {
            var node = session.Nodes[index];
            var slices = node.Source.MigInstances.Keys.Sum(profile =>
                GpuNeed.SlicesOf(profile) * node.Future.Named(session.Names.NumberOf(GpuNeed.NameOf(profile)))
            );
            sum += new Resources(
                Math.Max(0, node.Future.CpuMillis),
                Math.Max(0, node.Future.MemoryBytes),
                (node.UnitsFuture / (double)node.DeviceUnits) + slices
            );
        }

        return sum;
    }
}
