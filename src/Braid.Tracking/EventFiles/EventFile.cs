namespace Braid.Tracking.EventFiles;

/// <summary>How far one of a run's event files was taken, and what came of it.</summary>
/// <param name="Path">From the log directory on, with '/' between the parts.</param>
/// <param name="Beginning">Tells files of the same path apart; 0 while nobody knows.</param>
/// <param name="NextOffset">Where the first record begins that was not taken.</param>
public sealed record EventFile(string Path, uint Beginning, long NextOffset)
{
    /// <summary>Nothing after <see cref="NextOffset"/> can be told apart.</summary>
    public bool IsDead { get; init; }

    /// <summary>The least and the greatest time of its events, in milliseconds since 1970; null without events.</summary>
    public (long First, long Last)? Times { get; init; }
    public EventCounts Counts { get; init; }
}

/// <summary>What was found in an event file, and what became of it.</summary>
public readonly record struct EventCounts
{
    /// <summary>Damaged ones included.</summary>
    public long Records { get; init; }
    public long Damaged { get; init; }

    /// <summary>Records that were skipped because of their length.</summary>
    public long TooLong { get; init; }
    public long Points { get; init; }
    public long Plots { get; init; }

    /// <summary>Images and sounds.</summary>
    public long Samples { get; init; }

    /// <summary>Texts, as lines of the log.</summary>
    public long Lines { get; init; }
    public long Parameters { get; init; }

    /// <summary>Values that nothing here shows: graphs, meshes, layouts.</summary>
    public long LeftOut { get; init; }

    public static EventCounts operator +(EventCounts left, EventCounts right) =>
        new()
        {
            Records = left.Records + right.Records,
            Damaged = left.Damaged + right.Damaged,
            TooLong = left.TooLong + right.TooLong,
            Points = left.Points + right.Points,
            Plots = left.Plots + right.Plots,
            Samples = left.Samples + right.Samples,
            Lines = left.Lines + right.Lines,
            Parameters = left.Parameters + right.Parameters,
            LeftOut = left.LeftOut + right.LeftOut,
        };
}

/// <summary>What a tag's values mean: the name of a plugin of TensorBoard.</summary>
public sealed record EventTag(string Tag, string Plugin);

/// <summary>The state to go on from.</summary>
/// <param name="Tags">Of the file's directory.</param>
public sealed record EventFileState(EventFile File, IReadOnlyList<EventTag> Tags);
