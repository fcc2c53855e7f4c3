using Braid.Primitives;

namespace Braid.Tracking.Runs;

/// <summary>What to make a run with.</summary>
public sealed record NewRun
{
    /// <summary>The door it comes through (<c>clearml</c>, <c>mlflow</c>, <c>braid</c>): a job's program joins the job's run once by each.</summary>
    public required string Protocol { get; init; }

    /// <summary>False for what a job's program makes beside its run: it never joins the job's run.</summary>
    public bool JoinsJob { get; init; } = true;

    /// <summary>Null for the project "Default"; for a job's caller, the job's project in any case.</summary>
    public ProjectId? Project { get; init; }
    public required string Name { get; init; }
    public string Type { get; init; } = "training";
    public RunStatus Status { get; init; } = RunStatus.Created;
    public RunId? Parent { get; init; }
    public string? User { get; init; }
    public DateTimeOffset? Started { get; init; }

    /// <summary>Comment, labels, documents, tags, parameters, artifacts and models to begin with.</summary>
    public RunChange With { get; init; } = new();
}

/// <summary>A job's run, made by the domain that makes the job.</summary>
/// <param name="Project">Full path; made when there is none.</param>
public sealed record NewJobRun(RunId Id, RunId? Parent, string Project, string Name)
{
    /// <summary>ClearML's task type.</summary>
    public string Type { get; init; } = "data_processing";
    public RunStatus Status { get; init; } = RunStatus.Queued;
    public IReadOnlyList<Tag> Tags { get; init; } = [];
    public IReadOnlyList<RunParameter> Parameters { get; init; } = [];
}
