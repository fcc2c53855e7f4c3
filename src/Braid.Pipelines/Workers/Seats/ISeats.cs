using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Seats;

/// <summary>
/// Who gives places on the machine of this server to workers whose pipelines ask for processors, memory or GPUs. Pipelines ask; they do not
/// know how places are given (docs/adr/0020).
/// </summary>
public interface ISeats
{
    /// <summary>Waits for a place; null when nobody wants it any more.</summary>
    /// <param name="waiting">Told why there is none yet.</param>
    Task<ISeat?> TakeAsync(SeatOrder order, Action<string?> waiting, CancellationToken unwanted);
}

/// <summary>A place; disposing of it gives it back.</summary>
public interface ISeat : IAsyncDisposable
{
    /// <summary>The GPUs that go with it, by the numbers that the driver has for them.</summary>
    IReadOnlyList<string> Gpus { get; }

    /// <summary>It is taken away: what runs there is to stop.</summary>
    CancellationToken Lost { get; }
}

/// <summary>A place that is asked for.</summary>
/// <param name="Run">The job's run, of which the worker does a part.</param>
/// <param name="RunProject">The tracking project of the run.</param>
/// <param name="Project">The pipeline's project, whose share of the machines it is to have.</param>
/// <param name="Name">As people see it.</param>
/// <param name="PriorityClass">The name of a class; empty: none.</param>
public sealed record SeatOrder(
    RunId Run,
    ProjectId RunProject,
    string Project,
    string Name,
    WorkerNeeds Needs,
    string PriorityClass
);
