using System.Collections.Concurrent;

namespace Braid.Pipelines.Workers;

/// <summary>
/// Why workers of this server cannot start the programs of a pipeline's version, as of the last time that they tried: what makes
/// the pipeline crash until it can be started again.
/// </summary>
internal sealed class WorkerTroubles
{
    private readonly ConcurrentDictionary<(PipelineRef Pipeline, long Version), string> reasons = new();

    /// <summary>Null: its programs can be started, as far as is known.</summary>
    public string? Of(PipelineRef pipeline, long version) => reasons.GetValueOrDefault((pipeline, version));

    public void Begin(PipelineRef pipeline, long version, string reason) => reasons[(pipeline, version)] = reason;

    public void End(PipelineRef pipeline, long version) => reasons.TryRemove((pipeline, version), out _);
}
