using Braid.Cli.CommandLine;

namespace Braid.Cli.Pipelines;

internal static class UpdatePipeline
{
    private static readonly Flag reprocess = Flags.Switch(
        "reprocess",
        null,
        "Run every datum again, also those that did not change."
    );

    public static Command Command { get; } =
        new Command("update pipeline", "", "Update pipelines from specs; those that do not exist are created.")
        {
            Flags = [SpecSubmission.DryRun, SpecSubmission.File, Flags.Project, reprocess],
            RunAsync = (call, ct) => SpecSubmission.SendAsync(call, update: true, call.Has(reprocess), ct),
        }.Taking(0);
}
