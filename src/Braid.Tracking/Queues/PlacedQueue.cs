using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Queues;

/// <summary>A queue of which the runs are placed on machines, with what waits in it, next first.</summary>
public sealed record PlacedQueue(QueueId Id, string Name, IReadOnlyList<QueueEntry> Entries)
{
    /// <summary>What waits there besides, behind the entries.</summary>
    public IReadOnlyList<QueueRest> Rests { get; init; } = [];
}

/// <summary>Entries that are left out, because as many before them need the same.</summary>
/// <param name="Like">The last one before them, which is not left out.</param>
/// <param name="Count">How many they are.</param>
public sealed record QueueRest(RunId Like, long Count);

/// <summary>A run that waits in a queue.</summary>
public sealed record StandingRun
{
    public RunId Run { get; init; }
    public QueueId Queue { get; init; }
}

/// <summary>A run as those see it who place it.</summary>
public sealed record PlacedRun(RunId Id, RunStatus Status)
{
    /// <summary>What its status says besides, such as that it is to end.</summary>
    public string Message { get; init; } = "";

    /// <summary>The queue that it waits in; null when it waits in none.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>It waits in a queue that stands for pods that are being made: whoever took it has it still.</summary>
    public bool IsParked { get; init; }

    /// <summary>The worker that says that it runs it; null when none does.</summary>
    public string? Worker { get; init; }

    /// <summary>The GPUs of that worker.</summary>
    public int Gpus { get; init; }
}
