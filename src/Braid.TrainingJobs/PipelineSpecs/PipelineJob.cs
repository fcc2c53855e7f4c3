using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.PipelineSpecs;

/// <summary>A distributed job that a pipeline runs for a datum, in the place of a program.</summary>
public sealed record PipelineJob
{
    /// <summary>Admitted, under the name that was asked for.</summary>
    public required TrainingJob Job { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
