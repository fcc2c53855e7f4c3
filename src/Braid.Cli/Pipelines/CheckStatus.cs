using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>What is not as it should be with the pipelines, a line for each complaint.</summary>
internal static class CheckStatus
{
    public static Command Command { get; } =
        new Command("check status", "", "Show what is wrong with the pipelines.")
        {
            Flags = [Flags.AllProjects, Flags.Project, Flags.Raw],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = call.Has(Flags.AllProjects)
            ? new CheckStatusRequest { All = true }
            : new CheckStatusRequest { Project = new() { Name = call.Project } };
        var table = new Table(call.Out, "PROJECT", "PIPELINE", "ALERT");
        await foreach (var status in call.Pach.StreamAsync(PpsMethods.CheckStatus, request, ct))
        {
            format?.Print(status);
            foreach (var alert in status.Alerts)
            {
                table.Add(status.Project?.Name ?? "", status.Pipeline.Name, alert);
            }
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }
}
