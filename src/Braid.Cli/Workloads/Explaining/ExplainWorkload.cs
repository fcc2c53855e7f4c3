using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Explaining;

/// <summary>Says why a workload waits: everything that has to go, who comes before it, and what its project has a right to.</summary>
internal static class ExplainWorkload
{
    public static Command Command { get; } =
        new Command("explain", "<workload>", "Say why a workload waits, and what its project has a right to.")
        {
            Flags = [WorkloadFlags.Json, WorkloadFlags.Project, WorkloadFlags.Yaml],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var project = Uri.EscapeDataString(ProjectChoice.Of(call));
        var path = $"{WorkloadCalls.PathOf(call.Arguments[0])}/explain?project={project}";
        var answer = await call.Web.CallAsync(HttpMethod.Get, path, ct);
        if (!ListFormat.Print(call, answer))
        {
            Write(call, WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.ExplanationRecord));
        }

        return 0;
    }

    private static void Write(Invocation call, ExplanationRecord explanation)
    {
        call.Out.Write(
            $"{explanation.Name} in project {explanation.Project} {Prospects.Sentence(explanation.Prospect)}\n"
        );
        foreach (var reason in explanation.Reasons)
        {
            call.Out.Write($"  - {reason.Text}\n");
        }

        if (explanation.Ahead.Count > 0)
        {
            call.Out.Write($"Before it wait: {string.Join(", ", explanation.Ahead)}\n");
        }

        WriteOutlook(call, explanation);
        if (explanation.Shares.Count > 0)
        {
            call.Out.Write("\n");
            Standings.Write(call, explanation.Shares, null);
        }
    }

    private static void WriteOutlook(Invocation call, ExplanationRecord explanation)
    {
        if (explanation.Changes.Count > 0)
        {
            var most = explanation.MayTakeLess ? "this, and perhaps with less" : "this";
            call.Out.Write($"It would start with {most}: {string.Join("; and ", explanation.Changes)}.\n");
        }
        else if (explanation.MayTakeLess)
        {
            call.Out.Write("What would help was not found in the time that there is for looking.\n");
        }

        if (explanation.StartReason.Length > 0)
        {
            var at = explanation.StartsAt is { } time ? $"{time:u}. " : "";
            call.Out.Write($"Expected start: {at}{explanation.StartReason}.\n");
        }
    }
}
