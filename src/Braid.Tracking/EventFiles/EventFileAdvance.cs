using Braid.Tracking.Logs;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.EventFiles;

/// <summary>What was read from an event file between two places, to be stored together with the second of them.</summary>
public sealed record EventFileAdvance
{
    public required string Path { get; init; }

    /// <summary>The file's directory: its tags are those of one TensorBoard run.</summary>
    public required string Directory { get; init; }
    public required uint Beginning { get; init; }

    /// <summary>Where reading began; 0 for a file that takes the place of another one.</summary>
    public required long From { get; init; }
    public required long To { get; init; }
    public bool IsDead { get; init; }
    public (long First, long Last)? Times { get; init; }
    public EventCounts Counts { get; init; }

    /// <summary>Each series once.</summary>
    public IReadOnlyList<SeriesSamples> Points { get; init; } = [];
    public IReadOnlyList<PlotEvent> Plots { get; init; } = [];
    public IReadOnlyList<EventMedia> Media { get; init; } = [];
    public IReadOnlyList<LogLine> Lines { get; init; } = [];
    public IReadOnlyList<RunParameter> Parameters { get; init; } = [];

    /// <summary>What became known of tags on the way.</summary>
    public IReadOnlyList<EventTag> Tags { get; init; } = [];
}

/// <summary>A file that a debug sample refers to, below ClearML's file server.</summary>
public sealed record EventMedia(string Path, ReadOnlyMemory<byte> Bytes);
