using Braid.Access.Callers;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Creation;

/// <summary>The pipelines: what they are, and the calls that make, change, stop, start and delete them.</summary>
public sealed class PipelineCatalog
{
    /// <summary>
    /// Makes a pipeline with its repos and branches, or (with <paramref name="update"/>) its next version. Its first job is
    /// made in the same transaction.
    /// </summary>
    /// <param name="reprocess">Run every datum again, whatever has not changed.</param>
    public Task<Result<PipelineVersion>> CreateOrUpdateAsync(
        Caller caller,
        PipelineSpec spec,
        bool update,
        bool reprocess,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <param name="ancestors">Versions back from the newest: 0 is the newest.</param>
    public Task<Result<PipelineVersion>> InspectAsync(
        Caller caller,
        PipelineRef pipeline,
        int ancestors,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Newest first.</summary>
    /// <param name="projects">Empty: every project.</param>
    /// <param name="history">Further versions of each: 0 only the newest, -1 all.</param>
    public Task<Result<IReadOnlyList<PipelineVersion>>> ListAsync(
        Caller caller,
        IReadOnlyList<string> projects,
        string? name,
        long history,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Deletes a pipeline, its jobs and its repos; true when there was one.</summary>
    /// <param name="force">Also when another pipeline reads its output.</param>
    /// <param name="keepRepo">The output repo stays, as an ordinary one.</param>
    public Task<Result<bool>> DeleteAsync(
        Caller caller,
        PipelineRef pipeline,
        bool force,
        bool keepRepo,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Deletes all pipelines of the projects (empty: of every project), those downstream first; which they were.</summary>
    public Task<Result<IReadOnlyList<PipelineRef>>> DeleteAllAsync(
        Caller caller,
        IReadOnlyList<string> projects,
        bool force,
        bool keepRepo,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Lets new data make jobs again; data that came meanwhile makes one.</summary>
    public Task<Result<Unit>> StartAsync(Caller caller, PipelineRef pipeline, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Kills its jobs; new data makes no more until it is started.</summary>
    public Task<Result<Unit>> StopAsync(Caller caller, PipelineRef pipeline, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Submits the newest version's spec again: a new version, a new job.</summary>
    public Task<Result<Unit>> RerunAsync(Caller caller, PipelineRef pipeline, bool reprocess, CancellationToken ct) =>
        throw new NotImplementedException();
}
