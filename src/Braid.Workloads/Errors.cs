using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads;

/// <summary>Why shares, nodes and workloads refuse.</summary>
public static class Errors
{
    public static Error NoSuchShare(string name) =>
        new(
            ErrorKind.NotFound,
            "workloads.no-such-share",
            $"there is no project or department '{name}'; 'braid project list' shows those there are"
        );

    public static Error ShareExists(string name) =>
        new(ErrorKind.AlreadyExists, "workloads.share-exists", $"project or department '{name}' exists already");

    public static Error QueueHasShare(string queue, string share) =>
        new(
            ErrorKind.AlreadyExists,
            "workloads.queue-has-share",
            $"queue '{queue}' belongs to project '{share}' already; a queue has one project"
        );

    public static Error BadShareName(string name, string? space, int longest) =>
        new(
            ErrorKind.InvalidArgument,
            "workloads.bad-share-name",
            $"'{name}'{(space is null ? "" : $" (namespace '{space}')")} names no project: write lower-case letters, digits"
                + $" and dashes, a letter first, at most {longest}"
        );

    public static Error BadTerms(string name, string fault) =>
        new(ErrorKind.InvalidArgument, "workloads.bad-terms", $"the terms of '{name}' make no sense: {fault}");

    public static Error SharesTooDeep(string parent, int deepest) =>
        new(
            ErrorKind.InvalidArgument,
            "workloads.shares-too-deep",
            $"'{parent}' is {deepest} levels deep already, and no more are allowed"
        );

    public static Error ShareInUse(string name, long parts, long live) =>
        new(
            ErrorKind.FailedPrecondition,
            "workloads.share-in-use",
            $"'{name}' has {parts} parts and {live} workloads that have not ended (and 'default' stays); end or move them first"
        );

    public static Error ShareIsNoLeaf(string name) =>
        new(
            ErrorKind.FailedPrecondition,
            "workloads.share-is-no-leaf",
            $"'{name}' is a department: work is submitted to one of its projects"
        );

    public static Error NoSuchNode(string name) =>
        new(
            ErrorKind.NotFound,
            "workloads.no-such-node",
            $"there is no node '{name}'; 'braid list nodes' shows those there are"
        );

    public static Error NodeAlive(string name) =>
        new(
            ErrorKind.FailedPrecondition,
            "workloads.node-alive",
            $"the agent of node '{name}' asks for work; stop it first"
        );

    public static Error NoSuchWorkload(string which) =>
        new(
            ErrorKind.NotFound,
            "workloads.no-such-workload",
            $"there is no workload '{which}'; 'braid list' shows those there are"
        );

    /// <summary>A name without its project, or the beginning of an id.</summary>
    public static Error AmbiguousWorkload(string which, IEnumerable<string> meant) =>
        new(
            ErrorKind.FailedPrecondition,
            "workloads.ambiguous-workload",
            $"'{which}' may be {string.Join(" or ", meant)}: name its project with -p, or write more digits of its id"
        );

    public static Error WorkloadExists(string name, string share, RunId id) =>
        new(
            ErrorKind.AlreadyExists,
            "workloads.workload-exists",
            $"'{name}' runs or waits in project '{share}' already (run {id}); choose another name, or delete that one"
        );

    public static Error BadWorkload(string name, string fault) =>
        new(ErrorKind.InvalidArgument, "workloads.bad-workload", $"'{name}' cannot be submitted: {fault}");

    public static Error WorkloadEnded(RunId id, WorkloadState state) =>
        new(
            ErrorKind.FailedPrecondition,
            "workloads.workload-ended",
            $"workload {id} has ended ({state}); submit it again instead"
        );

    public static Error NodeTaken(string node) =>
        new(
            ErrorKind.AlreadyExists,
            "workloads.node-taken",
            $"node '{node}' has an agent that asks for work; stop it first, or give this one another name (--node)"
        );

    public static Error OthersWorkload(string user) =>
        new(
            ErrorKind.PermissionDenied,
            "workloads.others-workload",
            $"the workload is {user}'s: only they and administrators may change it"
        );

    public static Error FoldersOfMachines() =>
        new(
            ErrorKind.PermissionDenied,
            "workloads.folders-of-machines",
            "only administrators may give programs folders of the machines (volumes, hostPath)"
        );

    public static Error NothingToExplain(RunId id) =>
        new(
            ErrorKind.FailedPrecondition,
            "workloads.nothing-to-explain",
            $"workload {id} has ended: it neither waits nor runs; 'braid describe job' says how it ended"
        );

    public static Error BadPast(TimeSpan longest) =>
        new(
            ErrorKind.InvalidArgument,
            "workloads.bad-past",
            $"the past that is replayed is longer than nothing, and at most {longest.TotalDays} days"
        );

    public static Error PastTooLong(int workloads) =>
        new(
            ErrorKind.ResourceExhausted,
            "workloads.past-too-long",
            $"replaying that takes too long: there are {workloads} workloads or more in it; ask for a shorter time"
        );

    public static Error ReplayBusy() =>
        new(
            ErrorKind.Unavailable,
            "workloads.replay-busy",
            "somebody else has the past replayed, and that is done for one at a time; ask again in a while"
        );

    /// <summary>The agent's process was replaced by another one, or was never registered.</summary>
    public static Error UnknownAgent(string node) =>
        new(
            ErrorKind.Conflict,
            "workloads.unknown-agent",
            $"this is not the agent that registered node '{node}' last; register again"
        );

    /// <summary>The attempt is over: its node was given up, or it was placed anew.</summary>
    public static Error Fenced(string replica, long fence) =>
        new(
            ErrorKind.Conflict,
            "workloads.fenced",
            $"attempt {fence} of '{replica}' is over; stop it, nothing of it is taken any more"
        );
}
