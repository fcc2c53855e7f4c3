using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Explaining;

/// <summary>What became of past work, and what would have.</summary>
internal static class Retrospects
{
    public static void Write(Invocation call, RetrospectRecord retrospect)
    {
        call.Out.Write($"From {retrospect.Since:u} to {retrospect.Until:u}:\n\n");
        var table = new PlainTable("PROJECT", "RULES", "STARTED", "MEAN WAIT", "P95 WAIT", "GPU HOURS", "PREEMPTIONS");
        foreach (var share in retrospect.Recorded)
        {
            Add(table, share.Project, "as it was", share);
            Add(table, "", "replayed", Of(retrospect.Replayed, share));
            if (retrospect.Supposed is { } supposed)
            {
                Add(table, "", "supposed", Of(supposed, share));
            }
        }

        table.Write(call.Out);
        call.Out.Write("\nReplayed is what the rules as they are would have decided. Both take for granted that\n");
        foreach (var assumption in retrospect.Assumptions)
        {
            call.Out.Write($"  - {assumption}\n");
        }
    }

    private static ShareFiguresRecord Of(IReadOnlyList<ShareFiguresRecord> shares, ShareFiguresRecord recorded) =>
        shares.FirstOrDefault(share => share.Project == recorded.Project)
        ?? new(recorded.Project, 0, 0, null, null, 0, 0);

    private static void Add(PlainTable table, string project, string rules, ShareFiguresRecord share) =>
        table.Add(
            project,
            rules,
            $"{share.Started}/{share.Waited}",
            Wait(share.MeanWait),
            Wait(share.LongWait),
            Amounts.Number(share.GpuHours),
            $"{share.Preemptions}"
        );

    private static string Wait(double? seconds) =>
        seconds is { } some ? GoDuration.Text(TimeSpan.FromSeconds(Math.Round(some))) : "-";
}
