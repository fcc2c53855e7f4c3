using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Workloads;
using Braid.Workloads.Nodes;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Workloads;

/// <summary>Who has what of the machines, read once for an answer.</summary>
internal sealed record Standing(IReadOnlyList<Node> Nodes, IReadOnlyList<(Workload Workload, WorkloadFacts Facts)> Live)
{
    public static async Task<Result<Standing>> ReadAsync(WorkloadsHost host, Caller caller, CancellationToken ct)
    {
        var nodes = await host.Nodes.ListAsync(ct);
        var least = LeastGpuBytes(nodes);
        var live = await host.Workloads.ListAsync(caller, null, live: true, ct);
        return live.Select(found => new Standing(
            nodes,
            [.. found.Select(workload => (workload, WorkloadFacts.Of(workload, least)))]
        ));
    }

    /// <summary>The memory of the smallest device; 0 when there is none.</summary>
    public static long LeastGpuBytes(IEnumerable<Node> nodes) =>
        nodes
            .SelectMany(node => node.Machine.Gpus)
            .Where(gpu => gpu is { MigProfile: null, MemoryBytes: > 0 })
            .Select(gpu => gpu.MemoryBytes)
            .DefaultIfEmpty(0)
            .Min();
}
