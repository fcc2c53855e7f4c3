using Braid.Cli.CommandLine;

namespace Braid.Cli.Pipelines;

internal static class UpdatePipeline
{
    public static readonly Flag Reprocess = Flags.Switch(
        "reprocess",
        null,
        "Run every datum again, also those that did not change."
    );

    public static Command Command { get; } =
        new Command("update pipeline", "", "Update pipelines from specs; those that do not exist are created.")
        {
            Flags = [Reprocess, .. SpecSubmission.All],
            RunAsync = (call, ct) => SpecSubmission.SendAsync(call, update: true, call.Has(Reprocess), ct),
        }.Taking(0);
}
