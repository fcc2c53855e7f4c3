using Braid.Cli.CommandLine;

namespace Braid.Cli.Pipelines;

internal static class CreatePipeline
{
    public static Command Command { get; } =
        new Command("create pipeline", "", "Create pipelines from specs.")
        {
            Flags = SpecSubmission.All,
            RunAsync = (call, ct) => SpecSubmission.SendAsync(call, update: false, reprocess: false, ct),
        }.Taking(0);
}
