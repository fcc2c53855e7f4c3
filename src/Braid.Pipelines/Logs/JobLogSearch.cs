using Braid.Primitives;
using Braid.Tracking.Logs;

namespace Braid.Pipelines.Logs;

/// <summary>Which lines of which jobs to find, in the order of their times.</summary>
public sealed record JobLogSearch
{
    /// <summary>Null: of every project.</summary>
    public string? Project { get; init; }

    /// <summary>Null: of every pipeline.</summary>
    public PipelineRef? Pipeline { get; init; }

    /// <summary>The id of a commit set or of a job's run; null: every job.</summary>
    public string? Job { get; init; }

    /// <summary>Null: every datum, and what was said outside of them.</summary>
    public string? Datum { get; init; }

    /// <summary>Null: every worker.</summary>
    public string? Worker { get; init; }

    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Lines of this time are not found.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Newest first.</summary>
    public bool Backward { get; init; }

    public IReadOnlyList<LogSource> Sources { get; init; } = Enum.GetValues<LogSource>();

    /// <summary>Null: any text.</summary>
    public LogPattern? Pattern { get; init; }

    /// <summary>Find the lines that the pattern does not match.</summary>
    public bool Negate { get; init; }

    /// <summary>Only what programs wrote to standard error, and errors that clients reported.</summary>
    public bool ErrorsOnly { get; init; }

    internal LogSearch OverRuns(IReadOnlyList<RunId> runs) =>
        new()
        {
            Runs = runs,
            FromMs = From.ToUnixTimeMilliseconds(),
            UntilMs = Until.ToUnixTimeMilliseconds(),
            Backward = Backward,
            Datum = Datum,
            Sources = Sources,
            Text = Negate ? "" : Pattern?.Literal ?? "",
        };

    internal bool Wants(JobLogLine line) =>
        (Worker is null || Worker == line.Worker)
        && (!ErrorsOnly || line.Level is "ERROR" or "CRITICAL")
        && (Pattern is null || Pattern.IsMatch(line.Message) != Negate);
}
