using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>A node for a replica.</summary>
/// <param name="IsFree">Whether it has the room now, or when others have left.</param>
internal readonly record struct NodeChoice(SessionNode Node, bool IsFree);

/// <summary>
/// Finds the best node that fits: the one that was promised before; then the most preferred; the best in the topology; one
/// with a shared device that takes a part; one that is free now; for replicas without GPUs one without GPUs; the fullest,
/// or the emptiest; the first by name. A weightier reason always wins.
/// </summary>
internal sealed class NodeChooser(Session session)
{
    private const double PromisedBefore = 1e14;
    private const double Preferred = 1e10;
    private const double InTopology = 1e4;
    private const double SharedDevice = 1e3;
    private const double FreeNow = 100;
    private const double RightKind = 10;

    private readonly SessionNode[] nodes = session.Nodes;
    private readonly Policy policy = session.Policy;

    public NodeChoice? Choose(SessionReplica replica, NodeSet set)
    {
        var demand = replica.Demand;
        var allowed = demand.Rules.Allowed;
        var preferences = demand.Rules.Preferences;
        NodeChoice? best = null;
        var (bestScore, bestPlacement) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach (var index in set.Nodes)
        {
            var node = nodes[index];
            if (!allowed[index] || !Fits(node, demand, out var now))
            {
                continue;
            }

            var score =
                (ReferenceEquals(replica.Nominated, node) ? PromisedBefore : 0)
                + (preferences[index] * Preferred)
                + (set.Ranks is null ? 0 : set.Ranks[index] * InTopology)
                + (Devices.FitsShared(node, demand.Gpu) ? SharedDevice : 0)
                + (now ? FreeNow : 0)
                + (!demand.NeedsGpu && !node.HasGpus ? RightKind : 0);
            if (score < bestScore)
            {
                continue;
            }

            var placement = PlacementOf(node, demand);
            if (score > bestScore || placement > bestPlacement)
            {
                (best, bestScore, bestPlacement) = (new(node, now), score, placement);
            }
        }

        return best;
    }

    /// <summary>Whether the node will have room for one more, and whether it has it now.</summary>
    public static bool Fits(SessionNode node, Demand demand, out bool now)
    {
        // Whole devices are what is mostly short, and the cheapest to ask.
        if (
            (demand.Gpu.Kind == GpuNeedKind.Whole && node.WholeFuture < demand.Gpu.Devices)
            || !node.Future.Holds(demand)
        )
        {
            now = false;
            return false;
        }

        var (fits, devicesNow) = Devices.Fit(node, demand.Gpu);
        now = devicesNow && node.Free.Holds(demand);
        return fits;
    }

    /// <summary>Higher is better.</summary>
    private double PlacementOf(SessionNode node, Demand demand)
    {
        var (free, total) = demand.Gpu.Kind switch
        {
            GpuNeedKind.None => ((double)node.Future.CpuMillis, (double)node.Source.CpuMillis),
            GpuNeedKind.Mig => ((double)node.Future.Named(demand.Named[^1].Name), 1.0),
            _ => (node.UnitsFuture / (double)node.DeviceUnits, (double)node.Source.Gpus.Count),
        };
        var placement = demand.NeedsGpu ? policy.GpuPlacement : policy.CpuPlacement;
        return placement == Placement.BinPack ? -free : free / Math.Max(1, total);
    }
}
