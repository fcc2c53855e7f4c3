using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Listing;

/// <summary>The columns of <c>runai list jobs</c>.</summary>
internal static class WorkloadTable
{
    public static void Write(Invocation call, IReadOnlyList<WorkloadRecord> workloads)
    {
        var now = call.World.Clock.GetUtcNow();
        var table = new PlainTable(
            "NAME",
            "STATUS",
            "AGE",
            "NODE",
            "IMAGE",
            "TYPE",
            "PROJECT",
            "USER",
            "GPUs Allocated (Requested)",
            "PODs Running (Pending)",
            "SERVICE URL(S)"
        );
        foreach (var workload in workloads)
        {
            table.Add(
                workload.Name,
                WorkloadStatus.Of(workload),
                ShortAges.Of(now - workload.Created),
                NodeOf(workload),
                workload.Image ?? "",
                WorkloadTypes.Of(workload.Kind),
                workload.Project,
                workload.User,
                $"{Amounts.Number(workload.Held.Gpus)} ({Amounts.Number(workload.Wanted.Gpus)})",
                $"{Count(workload, "running")} ({Count(workload, "pending")})",
                ""
            );
        }

        table.Write(call.Out);
    }

    public static int Count(WorkloadRecord workload, string state) =>
        workload.Replicas.Count(replica => replica.State == state);

    private static string NodeOf(WorkloadRecord workload)
    {
        var nodes = workload.Replicas.Select(replica => replica.Node).OfType<string>().Distinct().ToList();
        return nodes.Count > 1 ? "<multiple>" : nodes.FirstOrDefault() ?? "";
    }
}
