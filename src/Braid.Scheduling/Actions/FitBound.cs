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
    private readonly List<Count> counts = [];

    /// <summary>By node: the number of its domain; -1 for none. Null when all nodes are one.</summary>
    private readonly int[]? domains;

    public FitBound(Session session, NodeSets sets, SessionWorkload workload, TaskSet tasks)
    {
        domains = DomainsOf(sets, workload);
        var pools = sets.PoolsOf(workload).ToList();
        foreach (var kind in tasks.Replicas.GroupBy(replica => replica.Demand))
        {
            var count = new Count(
                kind.Key,
                kind.Count(),
                new long[session.Nodes.Length],
                new long[(domains?.Max() ?? 0) + 1]
            );
            counts.Add(count);
            Array.Fill(count.Room, -1);
            foreach (var index in pools.SelectMany(pool => pool.Nodes))
            {
                if (kind.Key.Rules.Allowed[index] && domains?[index] is null or >= 0)
                {
                    count.Room[index] = 0;
                    Update(count, session.Nodes[index]);
                }
            }
        }
    }

    /// <summary>Whether every kind of replica could have enough room.</summary>
    public bool IsEnough => counts.TrueForAll(count => Array.Exists(count.Sums, room => room >= count.Wanted));

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
        if (before >= 0)
        {
            var room = Math.Min(RoomOn(node, count.Demand), count.Wanted);
            count.Room[node.Index] = room;
            count.Sums[domains?[node.Index] ?? 0] += room - before;
        }
    }

    /// <summary>How many of a demand's replicas the node will have room for.</summary>
    public static long RoomOn(SessionNode node, Demand demand)
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

    private static int[]? DomainsOf(NodeSets sets, SessionWorkload workload)
    {
        if (
            workload.Source.Topology is not { Required: { } required } constraint
            || sets.Map.Find(constraint.Topology) is not { } topology
            || TopologyMap.LevelOf(topology, required) is not (>= 0 and var level)
        )
        {
            return null;
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. sets
                .Map.DomainsAt(topology, level)
                .Select(domain =>
                    domain is null ? -1
                    : numbers.TryAdd(domain, numbers.Count) ? numbers.Count - 1
                    : numbers[domain]
                ),
        ];
    }

    /// <param name="Room">By node; -1 where it may not be.</param>
    /// <param name="Sums">By domain.</param>
    private sealed record Count(Demand Demand, long Wanted, long[] Room, long[] Sums);
}
