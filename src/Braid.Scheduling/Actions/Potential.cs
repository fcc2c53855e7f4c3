using Braid.Scheduling.Fitting;
using Braid.Scheduling.Ordering;
using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Actions;

/// <summary>
/// How much room there would be if everybody left who may be displaced at all: what does not fit then need not be tried. Taken
/// once for an action, which only ever makes it less.
/// </summary>
internal sealed class Potential
{
    private const long Plenty = 1_000_000;

    private readonly SessionNode[] nodes;
    private readonly Dictionary<Demand, long> rooms = [];

    public Potential(Session session, IReadOnlyList<SessionWorkload> victims)
    {
        var journal = session.Journal;
        var start = journal.Checkpoint;
        var left = new HashSet<SessionNode>();
        foreach (var replica in victims.SelectMany(victim => victim.Replicas).Where(replica => replica.MayBeEvicted))
        {
            journal.Evict(replica);
            if (replica.Held is { } node)
            {
                left.Add(node);
            }
        }

        nodes = [.. session.Nodes.Select(node => left.Contains(node) ? node.CopyFuture() : node)];
        journal.Rollback(start);
    }

    public bool CouldFit(TaskSet tasks)
    {
        var first = tasks.Replicas[0].Demand;
        return tasks.Replicas.All(replica => replica.Demand == first)
            ? RoomFor(first) >= tasks.Count
            : tasks.Replicas.GroupBy(replica => replica.Demand).All(kind => RoomFor(kind.Key) >= kind.Count());
    }

    private long RoomFor(Demand demand)
    {
        if (!rooms.TryGetValue(demand, out var room))
        {
            foreach (var node in nodes)
            {
                room += demand.Rules.Allowed[node.Index] ? Math.Min(FitBound.RoomOn(node, demand), Plenty) : 0;
            }

            rooms.Add(demand, room);
        }

        return room;
    }
}
