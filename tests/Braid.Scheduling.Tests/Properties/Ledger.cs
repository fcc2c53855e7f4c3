using Braid.Primitives;
using Braid.Scheduling.Fitting;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Tests.Properties;

/// <summary>Adds up a snapshot by itself, without the engine's own counting.</summary>
internal sealed class Ledger(Snapshot snapshot)
{
    public const double Slack = 1e-3;

    /// <summary>Nothing is over capacity, neither now nor when those that are ending have ended and promises are kept.</summary>
    public void CheckNodes()
    {
        CheckNodes(replica => replica.State.IsAllocated() || replica.State == ReplicaState.Releasing);
        CheckNodes(replica => replica.State.IsActive());
    }

    /// <summary>No queue is over a limit; what may not be evicted is within the quota, level by level.</summary>
    public void CheckQueues()
    {
        foreach (var queue in snapshot.Queues)
        {
            var active = Below(queue).SelectMany(workload => Costs(workload)).ToList();
            var fixedCosts = Below(queue).Where(workload => !workload.IsPreemptible).SelectMany(Costs).ToList();
            foreach (var kind in Enum.GetValues<ResourceKind>())
            {
                var allowance = queue.AllowanceOf(kind);
                CheckAtMost(active.Sum(cost => cost[kind]), allowance.Limit, $"limit of {queue.Name} in {kind}");
                CheckAtMost(fixedCosts.Sum(cost => cost[kind]), allowance.Quota, $"quota of {queue.Name} in {kind}");
            }
        }
    }

    /// <summary>What a queue's workloads have, or are promised.</summary>
    public double Of(Queue queue, ResourceKind kind) => Below(queue).SelectMany(Costs).Sum(cost => cost[kind]);

    /// <summary>The resources that some of the replicas ask for.</summary>
    public IReadOnlyList<ResourceKind> KindsOf(IEnumerable<string> replicas)
    {
        var named = replicas.ToHashSet(StringComparer.Ordinal);
        var requests = snapshot
            .Workloads.SelectMany(workload => workload.Groups.SelectMany(group => group.Replicas))
            .Where(replica => named.Contains(replica.Id))
            .Select(replica => replica.Request)
            .ToList();
        return [.. Enum.GetValues<ResourceKind>().Where(kind => requests.Exists(request => Asks(request, kind)))];
    }

    /// <summary>Every group has nothing, or what it must have.</summary>
    public void CheckGangs(IReadOnlySet<RunId> touched)
    {
        foreach (var workload in snapshot.Workloads.Where(workload => touched.Contains(workload.Id)))
        {
            foreach (var group in workload.Groups)
            {
                var active = group.Replicas.Count(replica => replica.State.IsActive());
                Assert.True(active == 0 || active >= group.Min, $"{group.Name} has {active} of {group.Min}");
            }
        }
    }

    private static bool Asks(ReplicaRequest request, ResourceKind kind) =>
        kind switch
        {
            ResourceKind.Cpu => request.CpuMillis > 0,
            ResourceKind.Memory => request.MemoryBytes > 0,
            _ => request.Gpu is not GpuRequest.None,
        };

    private static void CheckAtMost(double amount, double most, string what) =>
        Assert.True(most < 0 || amount <= most + Slack, $"{amount} is over the {what}: {most}");

    private void CheckNodes(Func<Replica, bool> counts)
    {
        var byNode = snapshot
            .Workloads.SelectMany(workload => workload.Groups.SelectMany(group => group.Replicas))
            .Where(replica => replica.Node is not null && counts(replica))
            .ToLookup(replica => replica.Node);
        foreach (var node in snapshot.Nodes)
        {
            var on = byNode[node.Name].ToList();
            Assert.True(on.Sum(replica => replica.Request.CpuMillis) <= node.CpuMillis, $"processors of {node.Name}");
            Assert.True(on.Sum(replica => replica.Request.MemoryBytes) <= node.MemoryBytes, $"memory of {node.Name}");
            var mig = on.Sum(replica => replica.Request.Gpu is GpuRequest.Mig given ? given.Instances : 0);
            Assert.True(mig <= node.MigInstances.GetValueOrDefault("1g.5gb"), $"MIG of {node.Name}");
            CheckDevices(node, on);
        }
    }

    private static void CheckDevices(Node node, List<Replica> on)
    {
        for (var gpu = 0; gpu < node.Gpus.Count; gpu++)
        {
            var used = on.Where(replica => replica.Gpus.Contains(gpu)).Sum(replica => PortionOn(node, replica));
            Assert.True(
                used <= 1 + Slack,
                $"device {gpu} of {node.Name} is used {used} times: {string.Join(", ", on.Where(r => r.Gpus.Contains(gpu)).Select(r => $"{r.Id} {r.State} {r.Request.Gpu} {string.Join('+', r.Gpus)}"))}"
            );
        }

        foreach (var replica in on)
        {
            var devices = replica.Request.Gpu switch
            {
                GpuRequest.Whole whole => whole.Devices,
                GpuRequest.Fraction part => part.Devices,
                GpuRequest.Memory memory => memory.Devices,
                _ => 0,
            };
            Assert.Equal(devices, replica.Gpus.Distinct().Count());
        }
    }

    private static double PortionOn(Node node, Replica replica) =>
        replica.Request.Gpu switch
        {
            GpuRequest.Whole => 1,
            GpuRequest.Fraction part => part.Portion,
            GpuRequest.Memory memory => (double)memory.Mebibytes / node.Gpus.Mebibytes,
            _ => 0,
        };

    private IEnumerable<Resources> Costs(Workload workload) =>
        workload
            .Groups.SelectMany(group => group.Replicas)
            .Where(replica => replica.State.IsActive())
            .Select(replica => new Resources(
                replica.Request.CpuMillis,
                replica.Request.MemoryBytes,
                Devices(replica, snapshot.Nodes.First(node => node.Name == replica.Node))
            ));

    private static double Devices(Replica replica, Node node) =>
        replica.Request.Gpu is GpuRequest.Mig mig
            ? GpuNeed.SlicesOf(mig.Profile) * mig.Instances
            : replica.Gpus.Count * PortionOn(node, replica);

    private IEnumerable<Workload> Below(Queue queue)
    {
        var ids = new HashSet<QueueId> { queue.Id };
        for (var before = 0; before != ids.Count; )
        {
            before = ids.Count;
            ids.UnionWith(
                snapshot
                    .Queues.Where(child => child.Parent is { } parent && ids.Contains(parent))
                    .Select(child => child.Id)
            );
        }

        return snapshot.Workloads.Where(workload => ids.Contains(workload.Queue));
    }
}
