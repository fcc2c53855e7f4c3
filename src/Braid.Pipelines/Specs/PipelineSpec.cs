using Braid.TrainingJobs.Manifests;

namespace Braid.Pipelines.Specs;

/// <summary>What a pipeline makes of its input.</summary>
public enum PipelineKind
{
    /// <summary>Each commit of the input makes a job, whose datums make a commit of output.</summary>
    Transform,

    /// <summary>A program that runs as long as the input stays the same, and is started again when it changes.</summary>
    Service,

    /// <summary>A program that runs for ever, has no input, and writes commits by itself.</summary>
    Spout,
}

/// <summary>
/// What a pipeline is to do, checked and with defaults filled in. Fields that this server does not act on are carried in
/// <see cref="Json"/>, so that a spec comes back as it was given. Made by <see cref="Reading.SpecReader"/>.
/// </summary>
public sealed record PipelineSpec
{
    public required PipelineRef Pipeline { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Its command is empty where there is a <see cref="TrainingJob"/>.</summary>
    public required Transform Transform { get; init; }

    /// <summary>The distributed job that each datum runs in the place of a program, admitted; null: a program.</summary>
    public TrainingJob? TrainingJob { get; init; }

    /// <summary><see cref="Input.None"/> for a spout.</summary>
    public required Input Input { get; init; }

    public PipelineKind Kind =>
        Spout is not null ? PipelineKind.Spout
        : Service is not null ? PipelineKind.Service
        : PipelineKind.Transform;

    public Service? Service { get; init; }

    public Spout? Spout { get; init; }

    /// <summary>Workers that run datums side by side, 1 or more.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Workers are there only while there is work.</summary>
    public bool Autoscaling { get; init; }

    public string OutputBranch { get; init; } = "master";

    /// <summary>The program writes output through the worker's S3 endpoint; there is no <c>/pfs/out</c>.</summary>
    public bool S3Out { get; init; }

    /// <summary>Where output goes once it is made; null: it only stays in the output repo.</summary>
    public Egress? Egress { get; init; }

    public DatumSets DatumSets { get; init; } = new();

    /// <summary>What a worker is promised; null: what the executor gives.</summary>
    public Resources? ResourceRequests { get; init; }

    /// <summary>What a worker may not exceed; null: no limit.</summary>
    public Resources? ResourceLimits { get; init; }

    /// <summary>What each of its workers needs of a machine before it starts; null: any of the server's workers may run its datums.</summary>
    public WorkerNeeds? Needs =>
        TrainingJob is null && Kind == PipelineKind.Transform ? WorkerNeeds.Of(ResourceRequests, ResourceLimits) : null;

    /// <summary>The name of a priority class; empty: the lowest.</summary>
    public string PriorityClass { get; init; } = "";

    /// <summary>Labels that a machine must have to run workers.</summary>
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>The longest one attempt of a datum may take; null: no limit.</summary>
    public TimeSpan? DatumTimeout { get; init; }

    /// <summary>The longest a job may take, counted from its start; null: no limit.</summary>
    public TimeSpan? JobTimeout { get; init; }

    /// <summary>The time after which workers that still run are worth an alert; null: never.</summary>
    public TimeSpan? MaximumExpectedUptime { get; init; }

    /// <summary>Attempts that a datum gets in all before it counts as failed.</summary>
    public int DatumTries { get; init; } = 3;

    /// <summary>True when no job may take over another's datums (<c>reprocess_spec: every_job</c>).</summary>
    public bool ReprocessesEveryJob { get; init; }

    /// <summary>True when each job runs all of its datums: what is written by S3 is known of no datum alone.</summary>
    public bool RunsEverything => ReprocessesEveryJob || S3Out;

    /// <summary>A salt that the spec asks for; null: the server picks one.</summary>
    public string? Salt { get; init; }

    /// <summary>It names a commit of a spec that was made before, as a restored pipeline does.</summary>
    public bool HasSpecCommit { get; init; }

    /// <summary>The whole spec as protobuf JSON (camelCase names), fields that are only carried included.</summary>
    public required string Json { get; init; }

    /// <summary>The spec as its user wrote it, before defaults.</summary>
    public string UserJson { get; init; } = "";

    /// <summary>What of a spec or of a manifest in an old form was changed or left out, in words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
