using Braid.Storage.Trees;
using Braid.Tracking.Runs;

namespace Braid.Pipelines.Jobs;

/// <summary>How a job ends.</summary>
/// <param name="Datums">How large its tree of datums is, which its meta commit gets.</param>
internal sealed record JobEnd(JobState State, string Reason, TreeRoot Output, TreeStats Size, TreeStats Datums)
{
    public static JobEnd Success(TreeRoot output, TreeStats size, TreeStats datums) =>
        new(JobState.Success, "", output, size, datums);

    public static JobEnd Failure(string reason) => new(JobState.Failure, reason, TreeRoot.Empty, default, default);

    public static JobEnd Killed(string reason) => new(JobState.Killed, reason, TreeRoot.Empty, default, default);

    public static JobEnd Unrunnable(IEnumerable<string> upstream) =>
        new(
            JobState.Unrunnable,
            $"unrunnable because the following upstream pipelines failed: {string.Join(", ", upstream)}",
            TreeRoot.Empty,
            default,
            default
        );

    /// <summary>What the output commit is finished with; null when it is good.</summary>
    public string? CommitError => State == JobState.Success ? null : Reason;

    public RunStatus RunStatus =>
        State switch
        {
            JobState.Success => RunStatus.Completed,
            JobState.Killed => RunStatus.Stopped,
            _ => RunStatus.Failed,
        };
}
