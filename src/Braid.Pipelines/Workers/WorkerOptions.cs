using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Buckets;
using Braid.Pipelines.Workers.Events;
using Braid.Pipelines.Workers.Gangs;
using Braid.Pipelines.Workers.Seats;

namespace Braid.Pipelines.Workers;

/// <summary>How this server runs datums.</summary>
public sealed record WorkerOptions
{
    /// <summary>A folder of the server's own for inputs and outputs of running datums; emptied at start.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Datums that run at the same time, over all jobs.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The name under which its workers appear.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>
    /// Opens a door on loopback to a worker's desk, for programs that ask for their datums; null: there are none, and such
    /// programs fail.
    /// </summary>
    public Func<WorkerDesk, CancellationToken, Task<WorkerDoor>>? OpenDoor { get; init; }

    /// <summary>How what programs write for TensorBoard is read into their runs; null: it is not.</summary>
    public EventReading? Events { get; init; }

    /// <summary>Who runs distributed jobs; null: nobody, and pipelines that have one wait.</summary>
    public IGangs? Gangs { get; init; }

    /// <summary>Who gives places to workers of pipelines that ask for resources; null: nobody, and they run like any other.</summary>
    public ISeats? Seats { get; init; }

    /// <summary>Opens the S3 endpoint of the workers on loopback; null: there is none, and pipelines that read or write by S3 fail.</summary>
    public Func<WorkerBuckets, CancellationToken, Task<WorkerDoor>>? OpenBuckets { get; init; }
}
