namespace Braid.Workloads.Queued;

/// <summary>The code of a run that waits in a queue, as ClearML keeps it: a repository at a commit with a diff, or the diff is all of it.</summary>
public sealed record QueuedScript
{
    /// <summary>What runs the entry point: a Python, or a shell.</summary>
    public string Binary { get; init; } = "";

    /// <summary>Empty when the diff is the whole script.</summary>
    public string Repository { get; init; } = "";
    public string Branch { get; init; } = "";
    public string Commit { get; init; } = "";

    /// <summary>What was not committed.</summary>
    public string Diff { get; init; } = "";

    /// <summary>A file, or <c>-m MODULE</c>, with arguments.</summary>
    public string EntryPoint { get; init; } = "";

    /// <summary>In the repository.</summary>
    public string WorkingDirectory { get; init; } = "";
}
