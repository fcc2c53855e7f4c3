using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Listing;

/// <summary>Lists machines, or the pools that they are in, with what of them is taken.</summary>
internal static class ListNodes
{
    public static Command Pools { get; } =
        new Command("nodepool list", "", "List the pools of nodes, and what of them is taken.")
        {
            Flags = [.. WorkloadFlags.Format],
            RunAsync = (call, ct) => RunAsync(call, WritePools, ct),
        }.Taking(0);

    public static Command Command(string name) =>
        new Command(name, "", "List the nodes, and what of them is taken.")
        {
            Flags = [.. WorkloadFlags.Format],
            RunAsync = (call, ct) => RunAsync(call, WriteNodes, ct),
        }.Taking(0);

    private static async Task<int> RunAsync(
        Invocation call,
        Action<Invocation, IReadOnlyList<NodeRecord>> write,
        CancellationToken ct
    )
    {
        var answer = await call.Web.CallAsync(HttpMethod.Get, "api/nodes", ct);
        if (!ListFormat.Print(call, answer["nodes"]))
        {
            write(call, WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.NodeListRecord).Nodes);
        }

        return 0;
    }

    private static void WriteNodes(Invocation call, IReadOnlyList<NodeRecord> nodes)
    {
        var now = call.World.Clock.GetUtcNow();
        var table = new PlainTable(
            "NAME",
            "STATUS",
            "AGE",
            "NODE POOL",
            "GPUs Allocated (Total)",
            "CPUs Allocated (Total)",
            "MEMORY Allocated (Total)",
            "PODs"
        );
        foreach (var node in nodes)
        {
            table.Add(
                node.Name,
                (node.IsAlive ? "Ready" : "NotReady") + (node.IsCordoned ? ",SchedulingDisabled" : ""),
                ShortAges.Of(now - node.Registered),
                node.Pool,
                $"{Amounts.Number(node.Held.Gpus)} ({Amounts.Number(node.Has.Gpus)})",
                $"{Amounts.Cores(node.Held.CpuMillicores)} ({Amounts.Cores(node.Has.CpuMillicores)})",
                $"{Amounts.Memory(node.Held.MemoryBytes)} ({Amounts.Memory(node.Has.MemoryBytes)})",
                $"{node.Replicas}"
            );
        }

        table.Write(call.Out);
    }

    /// <summary>A pool is its nodes; one whose nodes are all away is empty.</summary>
    private static void WritePools(Invocation call, IReadOnlyList<NodeRecord> nodes)
    {
        var table = new PlainTable("NAME", "STATUS", "NODES", "GPUs Allocated (Total)");
        foreach (var pool in nodes.GroupBy(node => node.Pool).OrderBy(pool => pool.Key, StringComparer.Ordinal))
        {
            table.Add(
                pool.Key,
                pool.Any(node => node.IsAlive) ? "Ready" : "Empty",
                $"{pool.Count()}",
                $"{Amounts.Number(pool.Sum(node => node.Held.Gpus))} ({Amounts.Number(pool.Sum(node => node.Has.Gpus))})"
            );
        }

        table.Write(call.Out);
    }
}
