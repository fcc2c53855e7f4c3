using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class StartPipeline
{
    public static Command Command { get; } =
        new Command("start pipeline", "<pipeline>", "Start a pipeline that was stopped.")
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new StartPipelineRequest { Pipeline = Names.Pipeline(call.Project, call.Arguments[0]) };
        await call.Pach.CallAsync(PpsMethods.StartPipeline, request, ct);
        return 0;
    }
}
