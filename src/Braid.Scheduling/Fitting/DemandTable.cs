using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>The demands of a session: each kind once.</summary>
internal sealed class DemandTable
{
    private readonly SessionNode[] nodes;
    private readonly NamedResources names;
    private readonly long leastDeviceMemory;
    private readonly Dictionary<string, RuleSet> rules = new(StringComparer.Ordinal);
    private readonly Dictionary<(long, long, GpuRequest, string, RuleSet), Demand> demands = [];

    /// <summary>The last look-up by reference: replicas of a workload mostly share their request.</summary>
    private readonly Dictionary<(ReplicaRequest, NodeRules), Demand> bySameObjects = new(ByReference.Instance);

    public DemandTable(SessionNode[] nodes, NamedResources names)
    {
        this.nodes = nodes;
        this.names = names;
        leastDeviceMemory = nodes
            .Select(node => node.Source.Gpus)
            .Where(gpus => gpus is { Count: > 0, Mebibytes: > 0 })
            .Select(gpus => gpus.Mebibytes)
            .DefaultIfEmpty(0)
            .Min();
    }

    public Demand Of(Replica replica)
    {
        var objects = (replica.Request, replica.Rules);
        if (!bySameObjects.TryGetValue(objects, out var demand))
        {
            demand = Find(replica.Request, RulesOf(replica.Rules));
            bySameObjects.Add(objects, demand);
        }

        return demand;
    }

    private RuleSet RulesOf(NodeRules given)
    {
        var key = RuleSet.Key(given);
        if (!rules.TryGetValue(key, out var set))
        {
            set = new(given, nodes);
            rules.Add(key, set);
        }

        return set;
    }

    private Demand Find(ReplicaRequest request, RuleSet set)
    {
        var extended = request.Extended.Count == 0 ? "" : Describe(request.Extended);
        var key = (request.CpuMillis, request.MemoryBytes, request.Gpu, extended, set);
        if (!demands.TryGetValue(key, out var demand))
        {
            demand = Make(request, set);
            demands.Add(key, demand);
        }

        return demand;
    }

    private static string Describe(IReadOnlyDictionary<string, long> extended) =>
        string.Concat(
            extended.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}\n")
        );

    private Demand Make(ReplicaRequest request, RuleSet set)
    {
        var gpu = GpuNeed.Of(request.Gpu);
        var named = request
            .Extended.Where(pair => pair.Value > 0)
            .Select(pair => (names.NumberOf(pair.Key), pair.Value));
        if (request.Gpu is GpuRequest.Mig { Instances: > 0 } mig)
        {
            named = named.Append((names.NumberOf(GpuNeed.NameOf(mig.Profile)), mig.Instances));
        }

        return new()
        {
            Index = demands.Count,
            Request = request,
            Gpu = gpu,
            Named = [.. named],
            Rules = set,
            Cost = new(request.CpuMillis, request.MemoryBytes, Devices(request.Gpu, gpu)),
        };
    }

    /// <summary>Memory is counted in the smallest devices of the cluster until a node is known.</summary>
    private double Devices(GpuRequest request, GpuNeed gpu) =>
        request switch
        {
            GpuRequest.Mig mig => GpuNeed.SlicesOf(mig.Profile) * gpu.Devices,
            _ when gpu.Mebibytes == 0 => gpu.Devices * gpu.Portion,
            _ => leastDeviceMemory == 0 ? gpu.Devices : gpu.Devices * ((double)gpu.Mebibytes / leastDeviceMemory),
        };

    private sealed class ByReference : IEqualityComparer<(ReplicaRequest, NodeRules)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((ReplicaRequest, NodeRules) left, (ReplicaRequest, NodeRules) right) =>
            ReferenceEquals(left.Item1, right.Item1) && ReferenceEquals(left.Item2, right.Item2);

        public int GetHashCode((ReplicaRequest, NodeRules) pair) =>
            HashCode.Combine(
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Item1),
                System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Item2)
            );
    }
}
