using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Queues;

/// <summary>Runs in the order in which workers take them.</summary>
public sealed record Queue
{
    public required QueueId Id { get; init; }

    /// <summary>Unique.</summary>
    public required string Name { get; init; }

    /// <summary>What people see instead of the name; may be empty.</summary>
    public string DisplayName { get; init; } = "";
    public string User { get; init; } = "";
    public DateTimeOffset Created { get; init; }

    /// <summary>The last change of the queue or of what waits in it.</summary>
    public DateTimeOffset LastUpdate { get; init; }
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> SystemLabels { get; init; } = [];

    /// <summary>A JSON object as text.</summary>
    public string Metadata { get; init; } = "{}";

    /// <summary>What waits, next first; as many as were asked for.</summary>
    public IReadOnlyList<QueueEntry> Entries { get; init; } = [];
}

/// <summary>A run that waits, since <paramref name="Added"/>.</summary>
public sealed record QueueEntry(RunId Run, DateTimeOffset Added);

public sealed record NewQueue(string Name)
{
    public string DisplayName { get; init; } = "";
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> SystemLabels { get; init; } = [];

    /// <summary>A JSON object as text.</summary>
    public string Metadata { get; init; } = "{}";
}

/// <summary>What to change of a queue; null leaves a thing as it is.</summary>
public sealed record QueueChange
{
    public string? Name { get; init; }
    public string? DisplayName { get; init; }
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyList<string>? SystemLabels { get; init; }
    public string? Metadata { get; init; }
}

/// <summary>Which queues, in which order.</summary>
public sealed record QueueQuery
{
    public Filter Where { get; init; } = Filter.Everything;

    /// <summary>Only these; null for all.</summary>
    public IReadOnlyList<QueueId>? Ids { get; init; }
    public IReadOnlyList<Order> OrderBy { get; init; } = [];
    public int Offset { get; init; }
    public int? Limit { get; init; }

    /// <summary>How many entries of each queue to read; null for all.</summary>
    public int? MostEntries { get; init; }
}

/// <summary>The attributes of a queue that filters and orders may name.</summary>
public static class QueueFields
{
    public static Field Id { get; } = new Field.Attribute("e.id", FieldKind.Text);
    public static Field Name { get; } = new Field.Attribute("e.name", FieldKind.Text);
    public static Field User { get; } = new Field.Attribute("e.user_name", FieldKind.Text);
    public static Field Created { get; } = new Field.Attribute("e.created", FieldKind.Time);
    public static Field LastUpdate { get; } = new Field.Attribute("e.last_update", FieldKind.Time);

    /// <summary>A value in the queue's metadata.</summary>
    public static Field InMetadata(IReadOnlyList<string> path) => new Field.Document("e.metadata", path);
}
