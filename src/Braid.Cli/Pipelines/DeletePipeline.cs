using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class DeletePipeline
{
    private static readonly Flag keepRepo = Flags.Switch("keep-repo", null, "Keep its output as an ordinary repo.");

    public static Command Command { get; } =
        new Command("delete pipeline", "<pipeline>", "Delete a pipeline with its jobs and its output.")
        {
            Flags = [Flags.Force, keepRepo, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeletePipelineRequest
        {
            Pipeline = Names.Pipeline(call.Project, call.Arguments[0]),
            Force = call.Has(Flags.Force),
            KeepRepo = call.Has(keepRepo),
            MustExist = true,
        };
        await call.Pach.CallAsync(PpsMethods.DeletePipeline, request, ct);
        return 0;
    }
}
