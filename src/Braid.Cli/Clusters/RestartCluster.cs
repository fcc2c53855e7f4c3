using Braid.Cli.CommandLine;

namespace Braid.Cli.Clusters;

/// <summary>A word of pachctl's for pods of Kubernetes, with what to do instead.</summary>
internal static class RestartCluster
{
    public static Command Command { get; } =
        new Command("restart cluster", "", "Not here: who started the server restarts it.")
        {
            Flags = [Flags.Value("reason", 'r', "Why.")],
            IsHidden = true,
            RunAsync = (_, _) =>
                throw new Failure(
                    "a server is not restarted from afar: stop braid serve and start it again, jobs go on"
                ),
        }.Taking(0);
}
