using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Primitives;

namespace Braid.Pipelines.Datums.Trees;

/// <summary>What is known about a datum once the job that had to run it has ended. Jobs that take it over keep it as it is.</summary>
internal sealed record DatumRecord
{
    public required Sha256Hash Id { get; init; }

    public required Sha256Hash Key { get; init; }

    /// <summary>Never <see cref="DatumState.Skipped"/>: of whom it was taken over from, that is to be seen in <see cref="From"/>.</summary>
    public required DatumState State { get; init; }

    /// <summary>Why <see cref="From"/> had to run it.</summary>
    public required string Reason { get; init; }

    /// <summary>The job that had to run it.</summary>
    public required CommitSetId From { get; init; }

    public required IReadOnlyList<LeafMatch> Inputs { get; init; }

    public long Tries { get; init; }

    public ProcessStats Stats { get; init; } = new();
}
