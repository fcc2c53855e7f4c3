using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads;

/// <summary>Words of Run:ai that have nothing to do here. Each says why and what there is instead.</summary>
internal static class NotHere
{
    private const string distributed = "a distributed job is submitted as its manifest: braid create -f job.yaml";
    private const string inside = "nobody enters a running workload: braid logs NAME -f shows what it prints";

    public static IReadOnlyList<Command> All { get; } =
    [
        Of("submit-mpi", distributed),
        Of("submit-dist", distributed),
        Of("distributed", distributed),
        Of("training pytorch", distributed),
        Of("training tensorflow", distributed),
        Of("training mpi", distributed),
        Of("training xgboost", distributed),
        Of("exec", inside),
        Of("bash", inside),
        Of("attach", inside),
        Of("top", "what nodes hold is in braid list nodes; what a run uses, in its series :monitor:"),
        Of("cluster", "there is one cluster, this server's: braid config set active-context chooses another server"),
    ];

    private static Command Of(string name, string reason) =>
        new(name, "", "Not here.")
        {
            IsHidden = true,
            PassesThrough = true,
            RunAsync = (_, _) => throw new Failure($"{name}: {reason}"),
        };
}
