namespace Braid.Compute.Executors;

/// <summary>Names one start of a replica; made by the executor, and only that executor reads it.</summary>
public readonly record struct ReplicaId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A replica that was started here.</summary>
public sealed record Replica
{
    public required ReplicaId Id { get; init; }

    /// <summary>As in its <see cref="ReplicaSpec"/>; so are token and labels.</summary>
    public required string Name { get; init; }

    public required long Token { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How it ended; null while it runs.</summary>
    public ReplicaExit? Exit { get; init; }

    /// <summary>What its owner should know: sentences, such as that processes do not use their image.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A line that a replica wrote.</summary>
/// <param name="Number">1 for the first that the executor saw, then without gaps, over both streams.</param>
/// <param name="Time">When the executor or its engine read it.</param>
/// <param name="Text">Without its newline; a very long line comes in several pieces.</param>
public readonly record struct ReplicaLine(long Number, DateTimeOffset Time, bool IsError, string Text);
