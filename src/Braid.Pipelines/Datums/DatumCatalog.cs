using Braid.Access.Callers;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>The datums of jobs, and of inputs that have no job yet.</summary>
public sealed class DatumCatalog
{
    /// <summary>The datums of a job, in the order of their ids.</summary>
    /// <param name="id">The commit set's id, or the id of the job's run.</param>
    /// <param name="states">Empty: every state.</param>
    public Task<Result<IReadOnlyList<Datum>>> ListAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        IReadOnlyList<DatumState> states,
        CancellationToken ct
    ) => throw new NotImplementedException();

    public Task<Result<Datum>> InspectAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        string datum,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>The datums that an input would make of the branches' heads now.</summary>
    public Task<Result<IReadOnlyList<Datum>>> PreviewAsync(Caller caller, Input input, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Runs datums of a running job again from the start: those whose id, or one of whose paths, is among the filters.</summary>
    public Task<Result<Unit>> RestartAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        IReadOnlyList<string> filters,
        CancellationToken ct
    ) => throw new NotImplementedException();
}
