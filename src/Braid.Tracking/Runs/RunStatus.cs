namespace Braid.Tracking.Runs;

/// <summary>Where a run is in its life; <see cref="StatusMachine"/> says what may follow what.</summary>
public enum RunStatus
{
    Created,
    Queued,
    InProgress,
    Stopped,
    Closed,
    Failed,
    Completed,
    Publishing,
    Published,
    Unknown,
}

/// <summary>Who decides when a run ends.</summary>
public enum RunOwner
{
    /// <summary>The program that logs to it.</summary>
    Client,

    /// <summary>The job it belongs to; what the program says about its end is only recorded.</summary>
    Job,
}
