using Braid.Primitives;
using Braid.TrainingJobs.Manifests;

namespace Braid.Pipelines.Workers.Gangs;

/// <summary>A distributed job to run for a datum, on the machine of this server.</summary>
public sealed record GangOrder
{
    /// <summary>The job's run, to which all replicas write.</summary>
    public required RunId Run { get; init; }

    /// <summary>The tracking project of the run.</summary>
    public required ProjectId RunProject { get; init; }

    /// <summary>The project of the pipeline, whose share of the machines it is to have.</summary>
    public required string Project { get; init; }

    /// <summary>Admitted; its name is that of the gang.</summary>
    public required TrainingJob Job { get; init; }

    /// <summary>The folder that every replica sees as <c>/pfs</c>, and cannot write to.</summary>
    public required string Inputs { get; init; }

    /// <summary>The folder that the chief, the master (else worker 0) sees as <c>/pfs/out</c>.</summary>
    public required string Output { get; init; }

    /// <summary>What every replica is told, beside what its manifest and its peers tell it.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Repos (<c>project/name</c>) that its programs may read.</summary>
    public required IReadOnlySet<string> ReadableRepos { get; init; }
}

/// <summary>How a distributed job ended.</summary>
/// <param name="Words">Of one that failed: what went wrong first, and what followed.</param>
public sealed record GangEnd(bool HasSucceeded, string Words);
