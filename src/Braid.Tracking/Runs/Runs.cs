using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Tracking.Runs;

/// <summary>Makes, finds, changes and ends runs.</summary>
public sealed class Runs(Database database, TimeProvider clock, IdSource ids)
{
    /// <summary>
    /// Makes a run. For a job's caller: the first create of an attempt through a protocol answers the job's own run, with
    /// what <paramref name="run"/> carries merged in; a further one makes a child of it.
    /// </summary>
    public Task<Result<Run>> CreateAsync(Caller caller, NewRun run, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Makes the run of a job in the transaction that makes the job; the id of its project.</summary>
    public Task<ProjectId> CreateForJobAsync(DbWrite db, NewJobRun run) => throw new NotImplementedException();

    /// <summary>Says that the job's run is in progress, ended, stopped, ...: the job's decision, so always accepted.</summary>
    public Task SetStatusForJobAsync(DbWrite db, RunId id, RunStatus to, string reason, string message) =>
        throw new NotImplementedException();

    /// <summary>
    /// Takes back what an abandoned attempt wrote: points, plots, artifacts, model versions, child runs. Log lines stay,
    /// marked. Summaries are computed anew, so that another attempt doubles nothing.
    /// </summary>
    public Task DiscardWriterAsync(DbWrite db, RunId id, string attempt) => throw new NotImplementedException();

    public Task<Result<Run>> GetAsync(Caller caller, RunId id, RunParts parts, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Those of the runs that exist and that the caller may see, trashed ones too, by id.</summary>
    public Task<Result<IReadOnlyList<Run>>> GetManyAsync(
        Caller caller,
        IReadOnlyList<RunId> ids,
        RunParts parts,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<Page<Run>>> QueryAsync(Caller caller, RunQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>How many runs the query's condition matches; its page does not matter.</summary>
    public Task<Result<long>> CountAsync(Caller caller, RunQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Run>> UpdateAsync(Caller caller, RunId id, RunChange change, CancellationToken ct) =>
        ChangeAsync(caller, id, _ => change, ct);

    /// <summary>Reads the whole run, decides, changes: as one. <paramref name="decide"/> may run more than once, so it has no effects.</summary>
    public Task<Result<Run>> ChangeAsync(
        Caller caller,
        RunId id,
        Func<Run, Result<RunChange>> decide,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Changes the run and appends points in one transaction (MLflow's log-batch).</summary>
    public Task<Result<Unit>> LogAsync(
        Caller caller,
        RunId id,
        RunChange change,
        IReadOnlyList<Point> points,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>
    /// Goes to another status if <see cref="StatusMachine"/> allows it (<c>tracking.status-forbidden</c>) or it is forced.
    /// From a job's caller, on the job's own run, the end is only recorded: the job ends the run.
    /// </summary>
    /// <returns>The run as it is now, without parts.</returns>
    public Task<Result<Run>> SetStatusAsync(Caller caller, RunId id, StatusChange change, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>A sign of life.</summary>
    public Task<Result<Unit>> PingAsync(Caller caller, RunId id, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Puts the run in the trash. Doing it again changes nothing.</summary>
    public Task<Result<Unit>> TrashAsync(Caller caller, RunId id, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task<Result<Unit>> RestoreAsync(Caller caller, RunId id, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>
    /// Back to created: points, plots, logs, output artifacts' descriptors and output models' links go, times and reports
    /// are cleared. A published run needs <paramref name="force"/>; a job's run cannot be reset.
    /// </summary>
    public Task<Result<Run>> ResetAsync(Caller caller, RunId id, bool force, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Removes the run and everything it logged, for good; its models stay, its children lose their parent.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, RunId id, CancellationToken ct) =>
        throw new NotImplementedException();
}
