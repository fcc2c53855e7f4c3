using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Batching;

/// <summary>
/// Where the program that a worker runs asks it for things, and others ask after it. Each worker has its own, behind a door of
/// its own (<see cref="WorkerOptions.OpenDoor"/>): who comes in by that is the worker's program, and needs to say no name.
/// </summary>
public sealed class WorkerDesk
{
    private volatile BatchedProgram? program;
    private volatile DatumLease? running;
    private DateTimeOffset begun;
    private Action? cancel;

    internal WorkerDesk(string worker) => Worker = worker;

    /// <summary>The worker's name.</summary>
    public string Worker { get; }

    /// <summary>
    /// Ends the datum that the program has, if any, and returns when there is another one: its variables. While there is none it
    /// waits; when there will be none the program is ended.
    /// </summary>
    /// <param name="error">Why the program could not process the datum that it had; empty: it could.</param>
    public async Task<Result<IReadOnlyDictionary<string, string>>> NextDatumAsync(string error, CancellationToken ct) =>
        program is { } asking ? await asking.NextAsync(error, ct) : Errors.NoDatumBatching();

    /// <summary>
    /// Kills the program of the datum that runs, if it is of that job and one of its inputs has a filter's path, or its id is
    /// one; the datum fails, and is tried again as its pipeline says.
    /// </summary>
    /// <param name="filters">None: any datum of the job.</param>
    /// <returns>False when there is no such datum.</returns>
    public bool Cancel(string job, IReadOnlyList<string> filters)
    {
        if (running is not { } lease || $"{lease.Job.SetId}" != job || !(filters is [] || filters.Any(IsOf)))
        {
            return false;
        }

        cancel?.Invoke();
        return true;

        bool IsOf(string filter) => $"{lease.Datum.Id}" == filter || lease.Inputs.Any(match => match.Path == filter);
    }

    /// <summary>What the worker does; null: nothing.</summary>
    public WorkerActivity? Activity =>
        running is { } lease
            ? new(
                Worker,
                lease.Job.Ref,
                $"{lease.Job.SetId}",
                begun,
                [.. lease.Inputs.Select(match => (match.Path, match.Hash))]
            )
            : null;

    internal void Serve(BatchedProgram? served) => program = served;

    /// <param name="kill">Kills its program as a signal would.</param>
    internal void Begin(DatumLease lease, DateTimeOffset now, Action kill) =>
        (begun, cancel, running) = (now, kill, lease);

    internal void End() => running = null;
}

/// <summary>The datum that a worker runs.</summary>
public sealed record WorkerActivity(
    string Worker,
    PipelineRef Pipeline,
    string Job,
    DateTimeOffset Begun,
    IReadOnlyList<(string Path, Sha256Hash Hash)> Inputs
);

/// <summary>An open door to a worker's desk.</summary>
/// <param name="Port">On loopback.</param>
public sealed record WorkerDoor(int Port, IAsyncDisposable Host);
