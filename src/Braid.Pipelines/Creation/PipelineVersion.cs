using Braid.Pipelines.Jobs;
using Braid.Pipelines.Programs;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Creation;

public enum PipelineState
{
    Starting,
    Running,

    /// <summary>Stopped by a user: new data makes no jobs.</summary>
    Paused,

    /// <summary>Its workers cannot start; the reason says why.</summary>
    Crashing,

    /// <summary>Nothing is to be done, so it has no workers (<c>autoscaling</c>).</summary>
    Standby,
}

/// <summary>One version of a pipeline, with the state of the pipeline as a whole.</summary>
public sealed record PipelineVersion
{
    public required PipelineRef Pipeline { get; init; }

    /// <summary>1 for the first.</summary>
    public required long Version { get; init; }

    /// <summary>The commit on <c>NAME.spec@master</c> that holds this version.</summary>
    public required CommitSetId SpecCommit { get; init; }

    public required PipelineSpec Spec { get; init; }

    /// <summary>Enters every datum's key: another salt makes every datum run again.</summary>
    public required string Salt { get; init; }

    public required PipelineState State { get; init; }

    public string Reason { get; init; } = "";

    public bool Stopped => State == PipelineState.Paused;

    /// <summary>Where its service is reached; null: it has none, or is stopped.</summary>
    public ServiceAddress? Address => Stopped ? null : ServiceAddress.Of(Spec);

    /// <summary>The state of its newest job; null when there is none.</summary>
    public JobState? LastJobState { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string CreatedBy { get; init; } = "";
}
