using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Tracking.Inputs;

/// <summary>What runs read: exact commits, and datasets that programs name.</summary>
public sealed class Inputs(Database database, IdSource ids)
{
    /// <summary>Records an input commit of a job's run, in the transaction that makes the job.</summary>
    public Task AddForJobAsync(DbWrite db, RunInput input) => throw new NotImplementedException();

    /// <summary>The input commits of a run, by name.</summary>
    public Task<Result<IReadOnlyList<RunInput>>> OfRunAsync(Caller caller, RunId run, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The input commits of the run that made a model (of that run's parent when the run itself has none).</summary>
    public Task<Result<IReadOnlyList<RunInput>>> OfModelAsync(Caller caller, ModelId model, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The runs that read a commit.</summary>
    public Task<Result<IReadOnlyList<RunId>>> RunsReadingAsync(
        Caller caller,
        string repo,
        string commit,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Records datasets as inputs of a run; the same dataset again is recorded once.</summary>
    public Task<Result<Unit>> AddDatasetsAsync(
        Caller caller,
        RunId run,
        IReadOnlyList<DatasetInput> inputs,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>The dataset inputs of many runs, in the order of recording.</summary>
    public Task<Result<IReadOnlyList<DatasetInput>>> DatasetsAsync(
        Caller caller,
        IReadOnlyList<RunId> runs,
        CancellationToken ct
    ) => throw new NotImplementedException();
}
