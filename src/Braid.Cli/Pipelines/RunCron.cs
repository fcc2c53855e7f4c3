using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class RunCron
{
    public static Command Command { get; } =
        new Command("run cron", "<pipeline>", "Let a pipeline's clock tick now.")
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new RunCronRequest { Pipeline = Names.Pipeline(call.Project, call.Arguments[0]) };
        await call.Pach.CallAsync(PpsMethods.RunCron, request, ct);
        return 0;
    }
}
