using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>
/// How many replicas would fit at most, node by node, as others leave: while that is fewer than are to be placed, trying is in vain.
/// For a required topology the nodes of each domain are counted by themselves.
/// </summary>
internal sealed class FitBound
{
    private readonly Session session;
    private readonly List<Count> counts = [];
    private readonly string?[]? domains;

    public FitBound(Session session, NodeSets sets, SessionWorkload workload, TaskSet tasks)
    {
        this.session = session;
        domains = DomainsOf(sets, workload);
        var pools = NodeSets.PoolNames(workload.Source).ToHashSet(StringComparer.Ordinal);
        foreach (var kind in tasks.Replicas.GroupBy(replica => replica.Demand))
        {
            var count = new Count(kind.Key, kind.Count(), new long[session.Nodes.Length]);
            counts.Add(count);
            foreach (var node in session.Nodes)
            {
                var isAllowed = kind.Key.Rules.Allowed[node.Index] && pools.Contains(node.Source.Pool);
                count.Room[node.Index] = isAllowed ? 0 : -1;
                Update(count, node);
            }
        }
    }

    /// <summary>Whether every kind of replica could have enough room.</summary>
    public bool IsEnough => counts.TrueForAll(count => count.Domains.Values.Any(room => room >= count.Wanted));

    /// <summary>Counts a node again.</summary>
    public void Update(SessionNode node)
    {
        foreach (var count in counts)
        {
            Update(count, node);
        }
    }

    private void Update(Count count, SessionNode node)
    {
        var before = count.Room[node.Index];
        if (before < 0 || (domains is not null && domains[node.Index] is null))
        {
            return;
        }

        var room = Math.Min(RoomOn(node, count.Demand), count.Wanted);
        var domain = domains?[node.Index] ?? "";
        count.Room[node.Index] = room;
        count.Domains[domain] = count.Domains.GetValueOrDefault(domain) + room - before;
    }

    private long RoomOn(SessionNode node, Demand demand)
    {
        var future = node.Future;
        var room = Math.Min(future.Replicas, Devices.RoomFor(node, demand.Gpu));
        room = demand.CpuMillis > 0 ? Math.Min(room, future.CpuMillis / demand.CpuMillis) : room;
        room = demand.MemoryBytes > 0 ? Math.Min(room, future.MemoryBytes / demand.MemoryBytes) : room;
        foreach (var (name, amount) in demand.Named)
        {
            room = Math.Min(room, future.Named(name) / amount);
        }

        return Math.Max(0, room);
    }

    private static string?[]? DomainsOf(NodeSets sets, SessionWorkload workload)
    {
        if (workload.Source.Topology is not { Required: { } required } constraint)
        {
            return null;
        }

        return
            sets.Map.Find(constraint.Topology) is { } topology
            && TopologyMap.LevelOf(topology, required) is >= 0 and var level
            ? sets.Map.DomainsAt(topology, level)
            : null;
    }

    private sealed record Count(Demand Demand, long Wanted, long[] Room)
    {
        public Dictionary<string, long> Domains { get; } = new(StringComparer.Ordinal);
    }
}
