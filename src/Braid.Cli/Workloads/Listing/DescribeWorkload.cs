using Braid.Cli.CommandLine;
using Braid.Cli.TrackedRuns.Programs;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Listing;

/// <summary>Shows a workload, its replicas and what happened to it: the block of <c>runai describe job</c>.</summary>
internal static class DescribeWorkload
{
    public static Command Command(string name) =>
        new Command(name, "<workload>", "Show a workload, its replicas, what happened to it, and why it waits.")
        {
            Flags = [WorkloadFlags.Json, WorkloadFlags.Project, WorkloadFlags.Yaml],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var path = $"{WorkloadCalls.PathOf(call.Arguments[0])}?project={Uri.EscapeDataString(ProjectChoice.Of(call))}";
        var answer = await call.Web.CallAsync(HttpMethod.Get, path, ct);
        if (ListFormat.Print(call, answer))
        {
            return 0;
        }

        var workload = WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.WorkloadRecord);
        var shares = (await WorkloadCalls.SharesAsync(call, ct)).Shares;
        var space = shares.FirstOrDefault(share => share.Name == workload.Project)?.Namespace ?? "";
        Write(call, workload, space);
        WriteReplicas(call, workload);
        WriteEvents(call, workload);
        return 0;
    }

    private static void Write(Invocation call, WorkloadRecord workload, string space)
    {
        var duration = (workload.Ended ?? call.World.Clock.GetUtcNow()) - workload.Started;
        (string Name, string Value)[] fields =
        [
            ("NAME", workload.Name),
            ("NAMESPACE", space),
            ("TYPE", WorkloadTypes.Of(workload.Kind)),
            ("STATUS", WorkloadStatus.Of(workload)),
            ("REASON", workload.Message),
            ("RUN", workload.Id),
            ("TRAINING DURATION", duration is { } time ? ShortAges.Of(time) : ""),
            ("GPUS", Amounts.Number(workload.Wanted.Gpus / Math.Max(1, Live(workload)))),
            ("TOTAL REQUESTED GPUS", Amounts.Number(workload.Wanted.Gpus)),
            ("ALLOCATED GPUS", Amounts.Number(workload.Held.Gpus)),
            ("RUNNING PODS", $"{WorkloadTable.Count(workload, "running")}"),
            ("PENDING PODS", $"{WorkloadTable.Count(workload, "pending")}"),
            ("PARALLELISM", $"{workload.Parallelism}"),
            ("COMPLETIONS", $"{workload.Completions ?? workload.Parallelism}"),
            ("SUCCEEDED PODS", $"{WorkloadTable.Count(workload, "succeeded")}"),
            ("FAILED PODS", $"{WorkloadTable.Count(workload, "failed")}"),
            ("IS DISTRIBUTED WORKLOAD", workload.Kind == "training_job" ? "true" : "false"),
            ("PREEMPTIBLE", workload.IsPreemptible ? "true" : "false"),
            ("PRIORITY", $"{workload.Priority}"),
            ("SERVICE URL(S)", ""),
            ("COMMAND LINE", string.Join(' ', workload.Command.Select(ShellWord.Quoted))),
        ];
        foreach (var (name, value) in fields)
        {
            call.Out.Write($"{name}: {value}".TrimEnd() + "\n");
        }
    }

    private static int Live(WorkloadRecord workload) =>
        workload.Replicas.Count(replica => replica.State is not ("succeeded" or "failed"));

    private static void WriteReplicas(Invocation call, WorkloadRecord workload)
    {
        call.Out.Write("\nPods:\n");
        var table = new PlainTable("POD", "STATUS", "TYPE", "AGE", "NODE");
        foreach (var replica in workload.Replicas)
        {
            var age = replica.Started is { } started
                ? ShortAges.Of((replica.Ended ?? call.World.Clock.GetUtcNow()) - started)
                : "";
            table.Add(
                replica.Name,
                WorkloadStatus.Of(replica),
                WorkloadTypes.Of(workload.Kind),
                age,
                replica.Gpus is [] ? replica.Node ?? "" : $"{replica.Node} (GPU {string.Join(", ", replica.Gpus)})"
            );
        }

        table.Write(call.Out);
    }

    private static void WriteEvents(Invocation call, WorkloadRecord workload)
    {
        call.Out.Write("\nEvents:\n");
        var table = new PlainTable("SOURCE", "TYPE", "AGE", "MESSAGE");
        foreach (var happened in workload.Events)
        {
            table.Add(
                $"workload/{workload.Name}",
                happened.Kind,
                ShortAges.Of(call.World.Clock.GetUtcNow() - happened.At),
                happened.Text
            );
        }

        table.Write(call.Out);
    }
}
