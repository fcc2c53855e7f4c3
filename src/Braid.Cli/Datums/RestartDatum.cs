using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Jobs;
using Braid.Protos.Pps;

namespace Braid.Cli.Datums;

internal static class RestartDatum
{
    public static Command Command { get; } =
        new Command(
            "restart datum",
            "<pipeline>@<job> <path>,<path>,...",
            "Run datums that run now again from their beginning: those with all of the files, or by their ids."
        )
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(2);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new RestartDatumRequest { Job = await JobNames.FindAsync(call, call.Arguments[0], ct) };
        request.DataFilters.AddRange(call.Arguments[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
        await call.Pach.CallAsync(PpsMethods.RestartDatum, request, ct);
        return 0;
    }
}
