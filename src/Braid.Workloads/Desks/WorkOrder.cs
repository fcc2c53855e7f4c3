using Braid.Access.Credentials;
using Braid.Primitives;
using Braid.Workloads.Replicas;

namespace Braid.Workloads.Desks;

/// <summary>Names one attempt of a replica.</summary>
/// <param name="Fence">Its number: a later attempt has a higher one.</param>
public readonly record struct AttemptId(RunId Workload, string Replica, long Fence);

/// <summary>What a node is to do about an attempt.</summary>
public abstract record WorkOrder(AttemptId Attempt)
{
    /// <summary>It is to run, if it has not ended.</summary>
    /// <param name="Keys">What its program speaks to the server with.</param>
    /// <param name="Gpus">The numbers of the node's devices that it has.</param>
    /// <param name="Lines">How many lines of its output are kept already: those after them are wanted.</param>
    public sealed record Run(
        AttemptId Attempt,
        ReplicaProgram Program,
        KeyPair Keys,
        IReadOnlyList<int> Gpus,
        long Lines
    ) : WorkOrder(Attempt);

    /// <summary>It is to end.</summary>
    public sealed record Stop(AttemptId Attempt, string Reason, TimeSpan Grace) : WorkOrder(Attempt);
}

/// <summary>What happened to an attempt.</summary>
public abstract record AttemptReport(AttemptId Attempt)
{
    /// <param name="Words">What its owner should know of how it runs there; empty for nothing.</param>
    public sealed record Started(AttemptId Attempt, DateTimeOffset At, string Words = "") : AttemptReport(Attempt);

    /// <summary>Nobody knows how it ended: it is to be begun again.</summary>
    public sealed record Lost(AttemptId Attempt, string Words) : AttemptReport(Attempt);

    /// <param name="Code">0 for success; 128 + the signal that ended it.</param>
    /// <param name="Words">How it ended: to be read after its name.</param>
    /// <param name="WasStopped">It ended because it was told to: it has not done its work.</param>
    public sealed record Ended(AttemptId Attempt, DateTimeOffset At, int Code, string Words, bool WasStopped = false)
        : AttemptReport(Attempt);
}

/// <summary>A line that an attempt wrote.</summary>
public readonly record struct AttemptLine(DateTimeOffset At, bool IsError, string Text);
