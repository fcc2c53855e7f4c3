using Braid.Access.Callers;
using Braid.Primitives;

namespace Braid.Pipelines.Jobs;

/// <summary>The jobs: looking at them, waiting for them, stopping and deleting them.</summary>
public sealed class JobCatalog
{
    /// <param name="id">The commit set's id, or the id of the job's run.</param>
    /// <param name="wait">Answer only when the job has ended.</param>
    public Task<Result<Job>> InspectAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        bool wait,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>The job behind a run's id, whichever pipeline it belongs to.</summary>
    public Task<Result<Job>> FindByRunAsync(Caller caller, RunId run, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Newest first, unless the filter says otherwise.</summary>
    public Task<Result<IReadOnlyList<Job>>> ListAsync(Caller caller, JobFilter filter, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The jobs of a commit set, those upstream first; with <paramref name="wait"/> each is answered when it has ended.</summary>
    public Task<Result<JobSet>> InspectSetAsync(Caller caller, CommitSetId set, bool wait, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The commit sets that have jobs, newest first.</summary>
    public Task<Result<IReadOnlyList<JobSet>>> ListSetsAsync(Caller caller, JobFilter filter, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Each new job of a pipeline from now on, and the newest one there is.</summary>
    public IAsyncEnumerable<Job> SubscribeAsync(Caller caller, PipelineRef pipeline, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Kills a job; nothing happens to one that has ended.</summary>
    public Task<Result<Unit>> StopAsync(
        Caller caller,
        PipelineRef pipeline,
        string id,
        string reason,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Kills a job and forgets it and its datums.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, PipelineRef pipeline, string id, CancellationToken ct) =>
        throw new NotImplementedException();
}
