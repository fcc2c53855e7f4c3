using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Jobs;

internal static class WaitJob
{
    public static Command Command { get; } =
        new Command(
            "wait job",
            "<job-id>|<pipeline>@<job>",
            "Wait until a job, or every job of a set, has ended, and show it."
        )
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var table = new JobTable(call);
        var text = call.Arguments[0];
        if (Names.IsId(text))
        {
            var set = new InspectJobSetRequest
            {
                JobSet = new() { Id = text },
                Wait = true,
                Details = true,
            };
            await foreach (var job in call.Pach.StreamAsync(PpsMethods.InspectJobSet, set, ct))
            {
                table.Add(job);
            }
        }
        else
        {
            var one = new InspectJobRequest
            {
                Job = Names.Job(call.Project, text),
                Wait = true,
                Details = true,
            };
            table.Add(await call.Pach.CallAsync(PpsMethods.InspectJob, one, ct));
        }

        table.Finish();
        return 0;
    }
}
