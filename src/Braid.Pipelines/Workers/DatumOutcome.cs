using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers;

/// <summary>How an attempt at a datum went, and what it wrote.</summary>
internal sealed record DatumOutcome(DatumState State, TreeRoot Output, ProcessStats Stats)
{
    /// <summary>What went wrong, where the job's end shall say it.</summary>
    public string Failure { get; init; } = "";
}
