using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class RerunPipeline
{
    public static Command Command { get; } =
        new Command("rerun pipeline", "<pipeline>", "Run a pipeline again on the input that it has.")
        {
            Flags = [Flags.Project, UpdatePipeline.Reprocess],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new RerunPipelineRequest
        {
            Pipeline = Names.Pipeline(call.Project, call.Arguments[0]),
            Reprocess = call.Has(UpdatePipeline.Reprocess),
        };
        await call.Pach.CallAsync(PpsMethods.RerunPipeline, request, ct);
        return 0;
    }
}
