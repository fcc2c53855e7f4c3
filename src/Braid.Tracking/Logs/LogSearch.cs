using Braid.Primitives;

namespace Braid.Tracking.Logs;

/// <summary>Which lines of several runs to find, in the order of their times.</summary>
public sealed record LogSearch
{
    public required IReadOnlyList<RunId> Runs { get; init; }

    /// <summary>Not before this time, in milliseconds since 1970.</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>Before this time.</summary>
    public long UntilMs { get; init; } = long.MaxValue;

    /// <summary>Newest first.</summary>
    public bool Backward { get; init; }

    /// <summary>Only this datum's; empty: only lines outside of datums; null: all.</summary>
    public string? Datum { get; init; }

    public IReadOnlyList<LogSource> Sources { get; init; } = Enum.GetValues<LogSource>();

    /// <summary>Only lines that contain this text, as it is; empty: all.</summary>
    public string Text { get; init; } = "";

    internal bool Wants(LogLine line) =>
        line.TimestampMs >= FromMs
        && line.TimestampMs < UntilMs
        && Sources.Contains(line.Source)
        && line.Text.Contains(Text, StringComparison.Ordinal);
}

/// <summary>A line that a search found, and whose it is.</summary>
public sealed record FoundLine(RunId Run, LogLine Line);
