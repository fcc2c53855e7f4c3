using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>Something to do about a run that is placed. Each is done only if its work stands as it did when it was decided.</summary>
internal abstract record QueueStep(RunId Run)
{
    /// <summary>It waits in a queue of which the runs are placed: it becomes work.</summary>
    public sealed record Admit(RunId Run, QueueId Queue, string Share) : QueueStep(Run);

    /// <summary>It has ended, or is nothing to place any more.</summary>
    /// <param name="IsSaid">The run says so already, or goes on by itself, so it is not told.</param>
    public sealed record End(RunId Run, WorkloadState State, string Message, bool IsSaid = true) : QueueStep(Run);

    /// <summary>Whoever had it has it no more, and it is to run: it waits again.</summary>
    public sealed record Again(RunId Run, string Message) : QueueStep(Run);

    /// <summary>The worker that was to ask for it is away.</summary>
    public sealed record Unbind(RunId Run) : QueueStep(Run);

    /// <summary>Another worker says that it runs it, or the worker has other GPUs than was thought.</summary>
    public sealed record Follow(RunId Run, string Node, int Gpus) : QueueStep(Run);

    /// <summary>Its worker and program are told to end it, which they have some time for.</summary>
    public sealed record Warn(RunId Run) : QueueStep(Run);

    /// <summary>It is off its worker.</summary>
    public sealed record Leave(RunId Run) : QueueStep(Run);
}
