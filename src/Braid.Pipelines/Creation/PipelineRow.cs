using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Pipelines.Workers;
using Braid.Primitives;

namespace Braid.Pipelines.Creation;

/// <summary>A version of a pipeline, joined with the pipeline.</summary>
internal sealed record PipelineRow
{
    /// <summary>The columns, of <c>pipeline p</c> joined with <c>pipeline_version v</c>.</summary>
    public const string Select = """
        SELECT p.project, p.name, v.version, p.version AS newest_version, p.stopped, p.created_at, p.created_by,
          v.spec_commit, v.spec, v.user_spec, v.salt, v.made_at,
          (SELECT j.state FROM job j WHERE j.project = p.project AND j.pipeline = p.name ORDER BY j.id DESC LIMIT 1)
            AS last_job_state,
          g.starts AS program_starts, g.failures AS program_failures, g.reason AS program_reason
        FROM pipeline p JOIN pipeline_version v ON v.project = p.project AND v.name = p.name
          LEFT JOIN program g ON g.project = p.project AND g.pipeline = p.name AND g.version = v.version
        """;

    private PipelineSpec? read;

    public string Project { get; init; } = "";
    public string Name { get; init; } = "";
    public long Version { get; init; }
    public long NewestVersion { get; init; }
    public bool Stopped { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public CommitSetId SpecCommit { get; init; }
    public string Spec { get; init; } = "";
    public string UserSpec { get; init; } = "";
    public string Salt { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }
    public long? LastJobState { get; init; }

    /// <summary>How often a spout's program was started; null: never, or it is none.</summary>
    public long? ProgramStarts { get; init; }
    public long? ProgramFailures { get; init; }
    public string? ProgramReason { get; init; }

    public PipelineRef Pipeline => new(Project, Name);

    public PipelineSpec ReadSpec() => read ??= SpecReader.ReadStored(Spec, UserSpec);

    /// <summary>With the state that workers' troubles bring the newest version into.</summary>
    public PipelineVersion ToVersion(WorkerTroubles troubles) =>
        !Stopped && Version == NewestVersion && troubles.Of(Pipeline, Version) is { } trouble
            ? ToVersion() with
            {
                State = PipelineState.Crashing,
                Reason = trouble,
            }
            : ToVersion();

    public PipelineVersion ToVersion() =>
        new()
        {
            Pipeline = Pipeline,
            Version = Version,
            SpecCommit = SpecCommit,
            Spec = ReadSpec(),
            Salt = Salt,
            State = StateOf(ReadSpec()),
            Reason = !Stopped && ProgramFailures > 0 ? $"{ProgramReason} (started {ProgramStarts} times)" : "",
            LastJobState = (JobState?)LastJobState,
            CreatedAt = CreatedAt,
            UpdatedAt = MadeAt,
            CreatedBy = CreatedBy,
        };

    private PipelineState StateOf(PipelineSpec spec) =>
        Stopped ? PipelineState.Paused
        : ProgramFailures > 0 ? PipelineState.Crashing
        : spec.Autoscaling && ((JobState?)LastJobState)?.IsTerminal() != false ? PipelineState.Standby
        : PipelineState.Running;
}
