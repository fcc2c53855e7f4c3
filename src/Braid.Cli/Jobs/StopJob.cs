using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;

namespace Braid.Cli.Jobs;

internal static class StopJob
{
    public static Command Command { get; } =
        new Command("stop job", "<pipeline>@<job>", "Stop a job that runs.")
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new StopJobRequest { Job = await JobNames.FindAsync(call, call.Arguments[0], ct) };
        await call.Pach.CallAsync(PpsMethods.StopJob, request, ct);
        return 0;
    }
}
