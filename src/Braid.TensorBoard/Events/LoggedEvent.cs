namespace Braid.TensorBoard.Events;

/// <summary>Anything but a scalar that an event file holds.</summary>
/// <param name="WallTime">Seconds since 1970.</param>
/// <param name="Step">May be negative; 0 where the writer gave none.</param>
public abstract record LoggedEvent(double WallTime, long Step)
{
    /// <summary>About how many bytes it takes in memory.</summary>
    public virtual int Size => 64;
}

/// <summary>The first record of a file.</summary>
/// <param name="Version">As in <c>brain.Event:2</c>.</param>
/// <param name="Writer">The writer's name; empty where it says none.</param>
public sealed record LoggedFileVersion(double WallTime, long Step, string Version, string Writer)
    : LoggedEvent(WallTime, Step);

/// <summary>Which graph a <see cref="LoggedGraph"/> is.</summary>
public enum GraphKind
{
    /// <summary>A <c>GraphDef</c>.</summary>
    Graph,

    /// <summary>A <c>MetaGraphDef</c>.</summary>
    MetaGraph,

    /// <summary>A <c>RunMetadata</c> under a tag.</summary>
    RunMetadata,
}

/// <summary>A graph or what was measured while one ran, not interpreted.</summary>
/// <param name="Tag">Of run metadata; else empty.</param>
public sealed record LoggedGraph(double WallTime, long Step, GraphKind Kind, string Tag, ReadOnlyMemory<byte> Bytes)
    : LoggedEvent(WallTime, Step)
{
    /// <inheritdoc/>
    public override int Size => base.Size + Bytes.Length;
}

/// <summary>A line of a log.</summary>
/// <param name="Level">As in Python: 10 debug, 20 information, 30 warning, 40 error, 50 fatal; 0 unknown.</param>
public sealed record LoggedMessage(double WallTime, long Step, int Level, string Message) : LoggedEvent(WallTime, Step)
{
    /// <inheritdoc/>
    public override int Size => base.Size + Message.Length;
}

/// <summary>What a session of a writer says of itself.</summary>
public enum SessionStatus
{
    /// <summary>Nothing.</summary>
    Unspecified,

    /// <summary>It starts, perhaps again from an earlier step.</summary>
    Start,

    /// <summary>It stops.</summary>
    Stop,

    /// <summary>It wrote a checkpoint.</summary>
    Checkpoint,
}

/// <summary>A session of a writer starts, stops or has written a checkpoint.</summary>
public sealed record LoggedSession(
    double WallTime,
    long Step,
    SessionStatus Status,
    string CheckpointPath,
    string Message
) : LoggedEvent(WallTime, Step);
