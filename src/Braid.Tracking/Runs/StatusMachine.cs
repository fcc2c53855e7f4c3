namespace Braid.Tracking.Runs;

/// <summary>Which status may follow which, unless a change is forced. Staying where one is is always allowed.</summary>
public static class StatusMachine
{
    private static readonly Dictionary<RunStatus, RunStatus[]> next = new()
    {
        [RunStatus.Created] = [RunStatus.Queued, RunStatus.InProgress],
        [RunStatus.Queued] = [RunStatus.Created, RunStatus.InProgress, RunStatus.Stopped],
        [RunStatus.InProgress] = [RunStatus.Stopped, RunStatus.Failed, RunStatus.Created, RunStatus.Completed],
        [RunStatus.Stopped] =
        [
            RunStatus.Closed,
            RunStatus.Created,
            RunStatus.Failed,
            RunStatus.Queued,
            RunStatus.InProgress,
            RunStatus.Published,
            RunStatus.Publishing,
            RunStatus.Completed,
        ],
        [RunStatus.Closed] =
        [
            RunStatus.Created,
            RunStatus.Failed,
            RunStatus.Published,
            RunStatus.Publishing,
            RunStatus.Stopped,
        ],
        [RunStatus.Failed] = [RunStatus.Created, RunStatus.Stopped, RunStatus.Published, RunStatus.Queued],
        [RunStatus.Publishing] = [RunStatus.Published],
        [RunStatus.Published] = [],
        [RunStatus.Completed] = [RunStatus.Published, RunStatus.InProgress, RunStatus.Created],
        [RunStatus.Unknown] = [],
    };

    public static bool Allows(RunStatus from, RunStatus to) => from == to || next[from].Contains(to);

    /// <summary>The run will not go on by itself.</summary>
    public static bool IsEnd(RunStatus status) =>
        status
            is RunStatus.Stopped
                or RunStatus.Closed
                or RunStatus.Failed
                or RunStatus.Completed
                or RunStatus.Publishing
                or RunStatus.Published;
}
