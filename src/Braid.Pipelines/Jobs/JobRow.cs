using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Jobs;

/// <summary>A job, joined with the version of its pipeline.</summary>
internal sealed record JobRow
{
    /// <summary>The columns, of <c>job j</c> joined with <c>pipeline_version v</c>.</summary>
    public const string Select = """
        SELECT j.*, v.spec, v.salt, v.spec_commit
        FROM job j JOIN pipeline_version v
          ON v.project = j.project AND v.name = j.pipeline AND v.version = j.version
        """;

    private PipelineSpec? read;

    public long Id { get; init; }
    public CommitSetId SetId { get; init; }
    public string Project { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public long Version { get; init; }
    public RunId RunId { get; init; }
    public ProjectId RunProject { get; init; }
    public long State { get; init; }
    public string Reason { get; init; } = "";

    /// <summary>What went wrong in the first of its datums that failed, where that was said in words.</summary>
    public string Failure { get; init; } = "";
    public long Restarts { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public long Processed { get; init; }
    public long Skipped { get; init; }
    public long Failed { get; init; }
    public long Recovered { get; init; }
    public long Total { get; init; }
    public TimeSpan DownloadTime { get; init; }
    public TimeSpan ProcessTime { get; init; }
    public TimeSpan UploadTime { get; init; }
    public long DownloadBytes { get; init; }
    public long UploadBytes { get; init; }
    public bool Planned { get; init; }
    public Sha256Hash? Datums { get; init; }
    public long Remaining { get; init; }
    public bool HasRows { get; init; }
    public string Spec { get; init; } = "";
    public string Salt { get; init; } = "";
    public CommitSetId SpecCommit { get; init; }

    public PipelineRef Ref => new(Project, Pipeline);

    /// <summary>What it took over, and what was folded into it.</summary>
    public TreeRoot Tree => Datums is { } root ? new(root) : TreeRoot.Empty;

    public JobState JobState => (JobState)State;

    /// <summary>With the name of its own that finishing has where something is sent away.</summary>
    public JobState ShownState =>
        JobState == JobState.Finishing && ReadSpec().Egress is not null ? JobState.Egressing : JobState;

    public JobProgress Progress =>
        new()
        {
            Processed = Processed,
            Skipped = Skipped,
            Failed = Failed,
            Recovered = Recovered,
            Total = Total,
        };

    public CommitName Output => new(PipelineRepos.Output(Ref), SetId);

    public CommitName Meta => new(PipelineRepos.Meta(Ref), SetId);

    public PipelineSpec ReadSpec() => read ??= SpecReader.ReadStored(Spec);

    /// <summary>The caller that one attempt's programs are.</summary>
    public Caller.Job CallerOf(string attempt, PipelineSpec spec) =>
        new(
            RunId,
            RunProject,
            attempt,
            spec.Input.Leaves.Select(leaf => PipelineRepos.Of(leaf).ToString()).ToHashSet(StringComparer.Ordinal)
        );

    public Job ToJob() =>
        new()
        {
            Set = SetId,
            Pipeline = Ref,
            Run = RunId,
            PipelineVersion = Version,
            Spec = ReadSpec(),
            Salt = Salt,
            State = ShownState,
            Reason = Reason,
            Restarts = Restarts,
            Progress = Progress,
            Stats = new()
            {
                DownloadTime = DownloadTime,
                ProcessTime = ProcessTime,
                UploadTime = UploadTime,
                DownloadBytes = DownloadBytes,
                UploadBytes = UploadBytes,
            },
            Created = CreatedAt,
            Started = StartedAt,
            Finished = FinishedAt,
        };
}

/// <summary>The commit that one leaf of a job's input reads.</summary>
internal sealed record JobInputRow
{
    public long JobId { get; init; }
    public long Leaf { get; init; }

    /// <summary>As <see cref="RepoName"/> writes it.</summary>
    public string Repo { get; init; } = "";
    public CommitSetId CommitId { get; init; }

    /// <summary>What was stored was a name.</summary>
    public CommitName Commit => new(RepoName.Parse(Repo).Value, CommitId);
}
