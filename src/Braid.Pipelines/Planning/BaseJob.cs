using Braid.Pipelines.Datums;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Planning;

/// <summary>The nearest ancestor job that succeeded: what may be taken over from it.</summary>
internal sealed record BaseJob(
    CommitSetId Set,
    Sha256Hash Code,
    string Salt,
    IReadOnlyDictionary<Sha256Hash, BaseDatum> Datums
);

/// <param name="From">The job that really processed it.</param>
internal sealed record BaseDatum(
    Sha256Hash Id,
    Sha256Hash Key,
    DatumState State,
    IReadOnlyList<LeafMatch> Inputs,
    TreeRoot Output,
    CommitSetId From
);

/// <summary>A datum that failed in a job after the base.</summary>
internal readonly record struct FailedDatum(Sha256Hash Key, CommitSetId Job);
