using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Primitives;

namespace Braid.Pipelines.Overviews;

/// <summary>How a pipeline stands: itself, its newest job, and how far it is behind.</summary>
public sealed record PipelineOverview
{
    /// <summary>The newest version.</summary>
    public required PipelineVersion Pipeline { get; init; }

    /// <summary>Null when it has had none.</summary>
    public JobOverview? LastJob { get; init; }

    /// <summary>Jobs that have not ended.</summary>
    public long Unfinished { get; init; }

    /// <summary>When the first of them was made: since then its output is not what its inputs say.</summary>
    public DateTimeOffset? BehindSince { get; init; }

    /// <summary>Jobs that ended badly since the last that ended well.</summary>
    public long FailedInARow { get; init; }
}

/// <summary>What is to be seen of a job without its spec.</summary>
public sealed record JobOverview(
    CommitSetId Set,
    RunId Run,
    JobState State,
    string Reason,
    JobProgress Progress,
    DateTimeOffset Created,
    DateTimeOffset? Started,
    DateTimeOffset? Finished
);
