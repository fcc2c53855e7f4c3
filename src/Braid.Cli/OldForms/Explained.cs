using Braid.Cli.CommandLine;

namespace Braid.Cli.OldForms;

/// <summary>Words of pachctl that have nothing to do here. Each says why and what there is instead.</summary>
internal static class Explained
{
    public static IReadOnlyList<Command> All { get; } =
    [
        Needless(
            "garbage-collect",
            "Nothing to do: space is reclaimed by itself. braid gc --plan shows what would be freed, and what holds the rest."
        ),
        Needless("port-forward", "Nothing to do: a server is reached at its address, without Kubernetes between."),
        Refused("deploy", "a server is not deployed to Kubernetes: braid serve --data DIR starts one"),
        Refused(
            "undeploy",
            "a server is not deployed to Kubernetes: stop the braid serve that runs, and delete its folder"
        ),
        Refused(
            "put-header",
            "headers are not kept apart: put-file --split csv --header-records N writes them into every part"
        ),
        Refused("kube-events", "there is no Kubernetes between: braid inspect job says why a job waits or failed"),
        Refused("loki", "logs are kept by the server itself: braid logs asks it, also after the job"),
        Refused("shell", "there is no shell of its own: braid completion bash|zsh|fish completes words in yours"),
    ];

    /// <summary>A script that calls it goes on.</summary>
    private static Command Needless(string name, string reason) =>
        Of(
            name,
            call =>
            {
                call.Error.WriteLine(reason);
                return 0;
            }
        );

    private static Command Refused(string name, string reason) => Of(name, _ => throw new Failure($"{name}: {reason}"));

    private static Command Of(string name, Func<Invocation, int> run) =>
        new(name, "", "Not needed here.") { PassesThrough = true, RunAsync = (call, _) => Task.FromResult(run(call)) };
}
