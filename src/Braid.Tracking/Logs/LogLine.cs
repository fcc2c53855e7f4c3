using Braid.Primitives;

namespace Braid.Tracking.Logs;

/// <summary>Where a log line came from.</summary>
public enum LogSource
{
    /// <summary>A program's own reporting, through a protocol.</summary>
    Client,

    /// <summary>What a job's user code printed.</summary>
    Stdout,
    Stderr,

    /// <summary>What the worker says about its work.</summary>
    Worker,

    /// <summary>What the server decided about the run: what it is to do, what it waits for, why it ended.</summary>
    Server,
}

/// <summary>One line (or several, if the text says so) of a run's log.</summary>
public sealed record LogLine
{
    /// <summary>Milliseconds since 1970.</summary>
    public required long TimestampMs { get; init; }
    public required string Text { get; init; }
    public string Level { get; init; } = "";
    public string Worker { get; init; } = "";
    public LogSource Source { get; init; }

    /// <summary>The datum whose processing printed it; null outside datums.</summary>
    public string? Datum { get; init; }

    /// <summary>Its place in the run's log in order of arrival, from 0; set when read.</summary>
    public long Number { get; init; }

    /// <summary>Written by an attempt that was given up later; set when read.</summary>
    public bool IsAbandoned { get; init; }
}

/// <summary>A page of a log by time.</summary>
public sealed record LogPage
{
    /// <summary>Strictly beyond this time (before it when going back); null for from the end (or from the beginning).</summary>
    public long? FromMs { get; init; }

    /// <summary>Newest first, going back in time.</summary>
    public bool Backward { get; init; }

    /// <summary>Lines; all lines that share the last one's time come too.</summary>
    public int Size { get; init; } = 100;

    /// <summary>Only this datum's; null for all.</summary>
    public string? Datum { get; init; }
}

/// <summary>Lines by their place in the order of arrival.</summary>
/// <param name="Skip">How many lines to leave out.</param>
/// <param name="Size">How many lines at most.</param>
/// <param name="Of">Only the first so many lines of the log: those that there were when reading began.</param>
public sealed record LogSlice(long Skip, int Size, long Of)
{
    /// <summary>From the last of them to the first.</summary>
    public bool Backward { get; init; }
}
