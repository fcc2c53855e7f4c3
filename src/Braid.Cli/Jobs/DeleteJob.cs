using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;

namespace Braid.Cli.Jobs;

internal static class DeleteJob
{
    public static Command Command { get; } =
        new Command("delete job", "<pipeline>@<job>", "Delete a job; one that runs is stopped.")
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeleteJobRequest { Job = await JobNames.FindAsync(call, call.Arguments[0], ct) };
        await call.Pach.CallAsync(PpsMethods.DeleteJob, request, ct);
        return 0;
    }
}
