using Braid.TrainingJobs.Manifests;

namespace Braid.TrainingJobs.PipelineSpecs;

/// <summary>A distributed job that a pipeline runs for each commit, in the place of a program per datum.</summary>
public sealed record PipelineJob
{
    /// <summary>Admitted, under the name that was asked for.</summary>
    public required TrainingJob Job { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What all containers of its replicas find under <c>/pfs</c>.</summary>
    public required IReadOnlyList<PfsMount> Mounts { get; init; }
}

/// <summary>A folder of versioned data in a replica.</summary>
/// <param name="Input">The input's name; null: the output.</param>
/// <param name="Path"><c>/pfs/NAME</c>, or <c>/pfs/out</c>.</param>
/// <param name="IsForMasterOnly">Only the chief, the master or the launcher (else worker 0) has it: output has one writer.</param>
public sealed record PfsMount(string? Input, string Path, bool IsForMasterOnly)
{
    public bool IsWritable => Input is null;
}
