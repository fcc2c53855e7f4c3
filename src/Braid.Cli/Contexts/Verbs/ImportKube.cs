using Braid.Cli.CommandLine;

namespace Braid.Cli.Contexts.Verbs;

/// <summary>A word of pachctl's that has no meaning here, with what to do instead.</summary>
internal static class ImportKube
{
    public static Command Command { get; } =
        new Command("config import-kube", "<context>", "Not here: a server is not found through Kubernetes.")
        {
            Flags =
            [
                Flags.Switch("overwrite", 'o', "Replace a context of that name."),
                Flags.Switch("enterprise", 'e', "Make it the enterprise context."),
                Flags.Value("kubernetes", 'k', "The Kubernetes context to import."),
                Flags.Value("namespace", 'n', "The Kubernetes namespace."),
            ],
            RunAsync = (_, _) =>
                throw new Failure(
                    "contexts are not imported from Kubernetes, since braid connects to an address and forwards no ports: "
                        + "run braid connect <address> --alias <context>"
                ),
        }.Taking(1);
}
