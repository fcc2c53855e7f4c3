using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class StopPipeline
{
    public static Command Command { get; } =
        new Command("stop pipeline", "<pipeline>", "Stop a pipeline: its jobs end and no new ones start.")
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new StopPipelineRequest
        {
            Pipeline = Names.Pipeline(call.Project, call.Arguments[0]),
            MustExist = true,
        };
        await call.Pach.CallAsync(PpsMethods.StopPipeline, request, ct);
        return 0;
    }
}
