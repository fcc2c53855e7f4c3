using Braid.Primitives;

namespace Braid.Pipelines.Logs;

/// <summary>Which lines to read.</summary>
public sealed record LogFilter
{
    /// <summary>Needed unless <see cref="Job"/> is a run's id that no other job has.</summary>
    public PipelineRef? Pipeline { get; init; }

    /// <summary>The commit set's id or the id of the job's run; null: every job of the pipeline.</summary>
    public string? Job { get; init; }

    public string? Datum { get; init; }

    /// <summary>Only datums that read every one of these paths (or content hashes, in hex).</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>What the server decided about the jobs, instead of what programs and workers wrote.</summary>
    public bool Master { get; init; }

    /// <summary>Goes on with new lines until the job has ended (a pipeline's: until cancelled).</summary>
    public bool Follow { get; init; }

    /// <summary>Only the last so many lines; 0: all.</summary>
    public long Tail { get; init; }

    /// <summary>Only lines so young; null: all.</summary>
    public TimeSpan? Since { get; init; }
}
