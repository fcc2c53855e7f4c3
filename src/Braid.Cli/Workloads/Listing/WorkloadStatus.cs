using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Listing;

/// <summary>Where workloads and replicas stand, in Run:ai's words.</summary>
internal static class WorkloadStatus
{
    public static string Of(WorkloadRecord workload) =>
        workload.State switch
        {
            "pending" when workload.Replicas.Any(one => one.State == "bound") => "ContainerCreating",
            "pending" when workload.Replicas.Any(WasTakenAway) => "Preempted",
            "running" when workload.Replicas.All(one => one.State == "releasing") => "Terminating",
            "timed_out" => "TimedOut",
            "stopped" => "Deleted",
            _ => Capital(workload.State),
        };

    public static string Of(ReplicaRecord replica) =>
        replica.State switch
        {
            "bound" => "ContainerCreating",
            "releasing" => "Terminating",
            "pending" when WasTakenAway(replica) => "Preempted",
            _ => Capital(replica.State),
        };

    /// <summary>What v1 calls it, in small letters.</summary>
    public static string OfV1(string word) =>
        word.ToLowerInvariant() switch
        {
            "completed" => "succeeded",
            "creating" or "initializing" => "containercreating",
            var same => same,
        };

    /// <summary>The state of the server that a word stands for; null for no word of Run:ai's.</summary>
    public static string? StatesOf(string word) =>
        OfV1(word) switch
        {
            "pending" or "containercreating" or "preempted" => "pending",
            "running" or "terminating" => "running",
            "suspended" => "suspended",
            "succeeded" => "succeeded",
            "failed" => "failed",
            "timedout" => "timed_out",
            "deleted" => "stopped",
            _ => null,
        };

    /// <summary>It has run, and waits though it did not end by itself: somebody else has its place.</summary>
    private static bool WasTakenAway(ReplicaRecord replica) =>
        replica is { State: "pending", Started: not null, ExitCode: null, Message.Length: > 0 };

    private static string Capital(string state) =>
        state.Length == 0 ? "" : char.ToUpperInvariant(state[0]) + state[1..];
}
