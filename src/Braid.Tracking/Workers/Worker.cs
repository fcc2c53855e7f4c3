using Braid.Primitives;

namespace Braid.Tracking.Workers;

/// <summary>A program on some machine that takes runs from queues, or reports what it runs.</summary>
public sealed record Worker
{
    /// <summary>Its own name for itself, such as <c>host:gpu0</c>.</summary>
    public required string Name { get; init; }
    public string User { get; init; } = "";
    public string Address { get; init; } = "";
    public DateTimeOffset Registered { get; init; }

    /// <summary>So long after its last report it counts as gone.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Its last report while it ran something; when it registered, if it never did.</summary>
    public DateTimeOffset LastActivity { get; init; }
    public DateTimeOffset LastReport { get; init; }

    /// <summary>The queues that it takes runs from.</summary>
    public IReadOnlyList<QueueId> Queues { get; init; } = [];

    /// <summary>The queue that its run came from; null when it runs none.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>What it runs.</summary>
    public RunId? Run { get; init; }

    /// <summary>It has said something lately.</summary>
    public bool IsThere(DateTimeOffset now) => LastReport + Timeout >= now;

    /// <summary>How many GPUs it has: what its name says, else what it reports of them.</summary>
    public int Gpus { get; init; }
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> SystemLabels { get; init; } = [];
}

/// <summary>What a worker says of itself when it comes.</summary>
public sealed record NewWorker(string Name)
{
    public string Address { get; init; } = "";
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
    public IReadOnlyList<QueueId> Queues { get; init; } = [];
    public IReadOnlyList<string> Labels { get; init; } = [];
    public IReadOnlyList<string> SystemLabels { get; init; } = [];
}

/// <summary>What a worker says of itself now and then; null leaves a thing as it was.</summary>
public sealed record WorkerReport(string Name)
{
    public string Address { get; init; } = "";

    /// <summary>What it runs; null for nothing.</summary>
    public RunId? Run { get; init; }

    /// <summary>The queue that the run came from.</summary>
    public QueueId? Queue { get; init; }
    public IReadOnlyList<QueueId>? Queues { get; init; }
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyList<string>? SystemLabels { get; init; }
    public IReadOnlyList<WorkerSample> Samples { get; init; } = [];
}

/// <summary>A measurement of a worker's machine, such as (gpu_usage, 0, 97.5).</summary>
/// <param name="Metric">What was measured; the part before the first <c>_</c> is its category.</param>
/// <param name="Variant">Which one of several; "total" of one.</param>
public sealed record WorkerSample(string Metric, string Variant, double Value);
