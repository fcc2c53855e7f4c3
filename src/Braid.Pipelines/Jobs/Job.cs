using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers.Batching;
using Braid.Primitives;

namespace Braid.Pipelines.Jobs;

public enum JobState
{
    /// <summary>Waits until the commits it reads are finished.</summary>
    Created,

    /// <summary>Is to be planned, as soon as the job of its pipeline before it has ended.</summary>
    Starting,
    Running,

    /// <summary>Every datum ended; what they made is being sent elsewhere.</summary>
    Egressing,

    /// <summary>Every datum ended; its output is being merged and its commits closed.</summary>
    Finishing,
    Success,
    Failure,
    Killed,

    /// <summary>A pipeline upstream failed, so there is nothing to read.</summary>
    Unrunnable,
}

public static class JobStates
{
    /// <summary>True when the job will not change any more.</summary>
    public static bool IsTerminal(this JobState state) => state >= JobState.Success;
}

/// <summary>One run of one pipeline over one commit set.</summary>
public sealed record Job
{
    /// <summary>The commit set that caused it; with the pipeline it is the job's identity on the wire.</summary>
    public required CommitSetId Set { get; init; }

    public required PipelineRef Pipeline { get; init; }

    /// <summary>The job's run: the set's id when it is alone in its set, else the step's.</summary>
    public required RunId Run { get; init; }

    public required long PipelineVersion { get; init; }

    public required PipelineSpec Spec { get; init; }

    public required string Salt { get; init; }

    public required JobState State { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>How often work was taken from a lost worker and given to another.</summary>
    public long Restarts { get; init; }

    public JobProgress Progress { get; init; } = new();

    public ProcessStats Stats { get; init; } = new();

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>What workers do for it at the moment.</summary>
    public IReadOnlyList<WorkerActivity> Workers { get; init; } = [];
}

/// <summary>How many datums of a job have ended, and how.</summary>
public sealed record JobProgress
{
    public long Processed { get; init; }

    public long Skipped { get; init; }

    public long Failed { get; init; }

    public long Recovered { get; init; }

    public long Total { get; init; }
}

/// <summary>What one datum, or all processed datums of a job, cost.</summary>
public sealed record ProcessStats
{
    public TimeSpan DownloadTime { get; init; }

    public TimeSpan ProcessTime { get; init; }

    public TimeSpan UploadTime { get; init; }

    public long DownloadBytes { get; init; }

    public long UploadBytes { get; init; }

    public static ProcessStats operator +(ProcessStats one, ProcessStats other) =>
        new()
        {
            DownloadTime = one.DownloadTime + other.DownloadTime,
            ProcessTime = one.ProcessTime + other.ProcessTime,
            UploadTime = one.UploadTime + other.UploadTime,
            DownloadBytes = one.DownloadBytes + other.DownloadBytes,
            UploadBytes = one.UploadBytes + other.UploadBytes,
        };
}

/// <summary>All jobs of one commit set, those upstream first.</summary>
public sealed record JobSet(CommitSetId Set, IReadOnlyList<Job> Jobs);

/// <summary>Which jobs to list.</summary>
public sealed record JobFilter
{
    /// <summary>Empty: every project.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    public PipelineRef? Pipeline { get; init; }

    /// <summary>Jobs that read every one of these commits.</summary>
    public IReadOnlyList<JobInputCommit> Inputs { get; init; } = [];

    /// <summary>Versions of the pipeline: 0 only the newest, n also n older ones, -1 all.</summary>
    public long History { get; init; } = -1;

    /// <summary>Only jobs made before (with <see cref="OldestFirst"/>: after) this moment.</summary>
    public DateTimeOffset? Marker { get; init; }

    /// <summary>Only jobs that had not ended before this moment.</summary>
    public DateTimeOffset? EndedSince { get; init; }

    /// <summary>At most so many; 0: no limit.</summary>
    public long Limit { get; init; }

    public bool OldestFirst { get; init; }
}

/// <summary>A commit that a job reads: repo as <c>project/name</c>.</summary>
public sealed record JobInputCommit(string Repo, CommitSetId Commit);
