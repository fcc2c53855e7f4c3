namespace Braid.Client.Backends;

/// <summary>What is known of a run when it starts.</summary>
public sealed record RunStart
{
    /// <summary>What to call it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it belongs; null leaves the choice to the backend.</summary>
    public string? Project { get; init; }

    /// <summary>ClearML's word for what it does: <c>training</c>, <c>testing</c>, <c>data_processing</c>, ...</summary>
    public string TaskType { get; init; } = "training";

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>When it started, in milliseconds since 1970, UTC.</summary>
    public long StartedAt { get; init; }

    /// <summary>The run to go on with instead of making one.</summary>
    public string? RunId { get; init; }

    /// <summary>Whether an earlier run is gone on with.</summary>
    public Continuation Continuation { get; init; }

    /// <summary>
    /// What no other start of a run has; the same when the call is repeated, by this process or a later one. A backend writes it where it can
    /// look for it.
    /// </summary>
    public string Key { get; init; } = "";

    /// <summary>
    /// An earlier call may have made the run, its answer lost: a backend whose calls make another one each looks for one with
    /// <see cref="Key"/> first.
    /// </summary>
    public bool IsRepeated { get; init; }

    /// <summary>This process's number in a distributed training; 0 is the one that makes the run.</summary>
    public int Rank { get; init; }
}

/// <summary>Whether a run is new.</summary>
public enum Continuation
{
    /// <summary>It is.</summary>
    New,

    /// <summary>The last run of the same name and project goes on, with what it logged.</summary>
    ContinueLast,

    /// <summary>The last run of the same name and project is emptied and used again.</summary>
    ReuseLast,
}
